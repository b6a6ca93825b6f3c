import assert from "node:assert/strict";
import { join } from "node:path";
import { StoreError } from "../../../src/pipeline/store/store_error.ts";
import { FolderStore } from "../../../src/pipeline/store/folder_store.ts";
import type { StageKey } from "../../../src/pipeline/store/stage_key.ts";

const KEY: StageKey = { stage: "sound/1", clip: "ab", settings: { seconds: 4, sampleRate: 8000 } };

async function withStore(work: (store: FolderStore) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await work(await FolderStore.open(join(dir, "deep", "store")));
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function tensors(...values: number[]) {
  return { samples: { shape: [values.length], data: Float32Array.from(values) } };
}

function filesBelow(dir: string): string[] {
  return Array.from(Deno.readDirSync(dir)).flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(join(dir, name)) : [name]
  );
}

Deno.test("FolderStore gives back what was put, and undefined for what was not", () =>
  withStore(async (store) => {
    assert.equal(await store.has(KEY), false);
    await store.put(KEY, tensors(1, 2), { silent: "false" });
    assert.equal(await store.has(KEY), true);
    const entry = await store.get(KEY);
    assert.deepEqual(entry?.tensors.samples.data, Float32Array.of(1, 2));
    assert.equal(entry?.metadata.silent, "false");
    assert.equal(await store.get({ ...KEY, clip: "cd" }), undefined);
  }));

Deno.test("FolderStore tells keys apart by stage, clip, settings and weights", () =>
  withStore((store) => {
    const paths = [
      KEY,
      { ...KEY, stage: "sound/2" },
      { ...KEY, clip: "ac" },
      { ...KEY, settings: { seconds: 3, sampleRate: 8000 } },
      { ...KEY, weights: "ff" },
    ].map((key) => store.path(key));
    assert.equal(new Set(paths).size, paths.length);
    const reordered = { ...KEY, settings: { sampleRate: 8000, seconds: 4 } };
    assert.equal(store.path(reordered), store.path(KEY));
    return Promise.resolve();
  }));

Deno.test("FolderStore is safe with many writers of the same entry", () =>
  withStore(async (store) => {
    const other = await FolderStore.open(store.dir);
    const values = Array.from({ length: 20_000 }, (_, i) => i);
    const reads: Promise<unknown>[] = [];
    await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      await (i % 2 ? store : other).put(KEY, tensors(...values));
      reads.push(store.get(KEY));
    }));
    for (const entry of await Promise.all(reads)) {
      const { samples } = (entry as { tensors: ReturnType<typeof tensors> }).tensors;
      assert.deepEqual(samples.data, Float32Array.from(values));
    }
    assert.equal(filesBelow(store.dir).length, 1, "no temporary file is left");
  }));

Deno.test("FolderStore takes a damaged entry for none, so that it is computed again", () =>
  withStore(async (store) => {
    await store.put(KEY, tensors(1, 2, 3));
    const path = store.path(KEY);
    const whole = await Deno.readFile(path);
    const damaged = {
      empty: new Uint8Array(),
      "cut in the header": whole.subarray(0, 20),
      "cut in the data": whole.subarray(0, whole.length - 4),
      "longer than it says": Uint8Array.of(...whole, 0),
      "no safetensors file": new TextEncoder().encode("hello, this is a text file"),
    };
    for (const [how, bytes] of Object.entries(damaged)) {
      await Deno.writeFile(path, bytes);
      assert.equal(await store.has(KEY), false, how);
      assert.equal(await store.get(KEY), undefined, how);
    }
    await store.put(KEY, tensors(5));
    assert.deepEqual((await store.get(KEY))?.tensors.samples.data, Float32Array.of(5));
  }));

Deno.test("FolderStore keeps the first of two entries of one key, so that nobody's file is taken away", () =>
  withStore(async (store) => {
    await store.put(KEY, tensors(1));
    const { ino } = await Deno.stat(store.path(KEY));
    await store.put(KEY, tensors(2));
    assert.deepEqual((await store.get(KEY))?.tensors.samples.data, Float32Array.of(1));
    assert.equal((await Deno.stat(store.path(KEY))).ino, ino);
  }));

Deno.test("FolderStore reads entries where stores of version 0.1 have them", () =>
  withStore(async (store) => {
    const hash = "a693027068633f702fa7cc4b30516eb7a8e27ee1fecc550eabfd7e26eb221cdc";
    assert.equal(store.path(KEY), join(store.dir, hash.slice(0, 2), `${hash}.safetensors`));
  }));

Deno.test("FolderStore.open() removes what killed processes left a day ago, and nothing else", () =>
  withStore(async (store) => {
    await store.put(KEY, tensors(1));
    const [old, fresh] = ["old", "fresh"].map((name) => join(store.dir, ".tmp", name));
    for (const path of [old, fresh]) await Deno.writeTextFile(path, "half an entry");
    const before = new Date(Date.now() - 25 * 3600 * 1000);
    await Deno.utime(old, before, before);
    await Deno.utime(store.path(KEY), before, before);
    await FolderStore.open(store.dir);
    assert.deepEqual(filesBelow(join(store.dir, ".tmp")), ["fresh"]);
    assert.equal(await store.has(KEY), true);
  }));

Deno.test("FolderStore names the folder where it cannot be written to", () =>
  withStore(async (store) => {
    await Deno.remove(join(store.dir, ".tmp"), { recursive: true });
    await Deno.writeTextFile(join(store.dir, ".tmp"), "a file");
    const failed = await store.put(KEY, tensors(1)).catch((error: unknown) => error);
    assert(failed instanceof StoreError);
    assert(failed.message.startsWith(`${store.dir} cannot be written to: `), failed.message);
    assert.equal(await store.has(KEY), false);
  }));
