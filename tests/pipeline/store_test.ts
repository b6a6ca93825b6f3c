import assert from "node:assert/strict";
import { join } from "node:path";
import type { FeatureStore } from "../../src/pipeline/store/feature_store.ts";
import { openStore } from "../../src/pipeline/store/open_store.ts";
import type { StageKey } from "../../src/pipeline/store/stage_key.ts";

const KEY: StageKey = { stage: "sound/1", clip: "ab", settings: { seconds: 4, sampleRate: 8000 } };

async function withStore(work: (store: FeatureStore) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await work(await openStore(join(dir, "deep", "store")));
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

Deno.test("FeatureStore gives back what was put, and undefined for what was not", () =>
  withStore(async (store) => {
    assert.equal(await store.has(KEY), false);
    await store.put(KEY, tensors(1, 2), { silent: "false" });
    assert.equal(await store.has(KEY), true);
    const entry = await store.get(KEY);
    assert.deepEqual(entry?.tensors.samples.data, Float32Array.of(1, 2));
    assert.equal(entry?.metadata.silent, "false");
    assert.equal(await store.get({ ...KEY, clip: "cd" }), undefined);
  }));

Deno.test("FeatureStore tells keys apart by stage, clip, settings and weights", () =>
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

Deno.test("FeatureStore is safe with many writers of the same entry", () =>
  withStore(async (store) => {
    const other = await openStore(store.dir);
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

Deno.test("FeatureStore takes a damaged entry for none, so that it is computed again", () =>
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
