import assert from "node:assert/strict";
import { join } from "node:path";
import { isThere } from "../../../src/runtime/files/is_there.ts";
import { entryPath, type StageKey } from "../../../src/pipeline/store/stage_key.ts";
import { BucketStore } from "../../../src/pipeline/store/bucket/bucket_store.ts";
import { FolderStore } from "../../../src/pipeline/store/folder_store.ts";
import { StoreError } from "../../../src/pipeline/store/store_error.ts";
import {
  beSilent,
  cutShort,
  type FakeBucket,
  hangUp,
  refuse,
  standStill,
  withFakeBucket,
} from "./fake_bucket.ts";

const PLACE = "s3://corpora/features";
const KEY: StageKey = { stage: "sound/1", clip: "ab", settings: { seconds: 4 } };
const OTHER: StageKey = { ...KEY, clip: "cd" };
const NAME = `features/${entryPath(KEY)}`;

interface Bench {
  readonly bucket: FakeBucket;
  /** A store with a cache of this name. */
  open(
    cache?: string,
    limits?: { bytes?: number; stallSeconds?: number },
  ): Promise<BucketStore>;
  /** How often something was asked since the last call. */
  asked(): string[];
}

function bench(work: (bench: Bench) => Promise<void>): Promise<void> {
  return withFakeBucket(async (bucket) => {
    const dir = await Deno.makeTempDir();
    let seen = 0;
    try {
      await work({
        bucket,
        open: (cache = "cache", limits) =>
          BucketStore.open(PLACE, bucket.options(join(dir, cache), limits)),
        asked() {
          const since = bucket.asked.slice(seen).map((text) => text.split(" ")[0]);
          seen = bucket.asked.length;
          return since;
        },
      });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

function tensors(...values: number[]) {
  return { samples: { shape: [values.length], data: Float32Array.from(values) } };
}

async function samplesOf(store: BucketStore | FolderStore, key: StageKey) {
  return (await store.get(key))?.tensors.samples.data;
}

Deno.test("BucketStore gives back what was put, to another machine as well", () =>
  bench(async ({ open, bucket }) => {
    const store = await open();
    assert.equal(await store.has(KEY), false);
    assert.equal(await store.get(KEY), undefined);
    await store.put(KEY, tensors(1, 2), { warning: "grün" });
    const other = await open("another machine's");
    assert.deepEqual(await other.metadata(KEY), { warning: "grün", stage: "sound/1" });
    assert.deepEqual(await samplesOf(other, KEY), Float32Array.of(1, 2));
    assert.deepEqual([...bucket.objects.keys()], ["features/emofuse-store.json", NAME]);
  }));

Deno.test("BucketStore writes the bytes that a folder holds", () =>
  bench(async ({ open, bucket }) => {
    await (await open()).put(KEY, tensors(3), { silent: "true" });
    const dir = await Deno.makeTempDir();
    const folder = await FolderStore.open(dir);
    await folder.put(KEY, tensors(3), { silent: "true" });
    assert.deepEqual(bucket.objects.get(NAME), await Deno.readFile(folder.path(KEY)));
    await Deno.remove(dir, { recursive: true });
  }));

Deno.test("BucketStore asks the bucket what is there, and fetches it once", () =>
  bench(async ({ open, asked, bucket }) => {
    await (await open()).put(KEY, tensors(1));
    const store = await open("another");
    asked();
    await store.get(KEY);
    await store.get(KEY);
    await store.has(KEY);
    assert.deepEqual(asked(), ["GET"]);
    const again = await open("another");
    asked();
    assert.deepEqual(await samplesOf(again, KEY), Float32Array.of(1));
    assert.deepEqual(asked(), [], "it is in the cache");
    bucket.objects.delete(NAME);
    assert.equal(await again.has(OTHER), false);
    assert.equal(
      await (await open("another")).has(KEY),
      false,
      "the cache is no word of the bucket",
    );
  }));

Deno.test("BucketStore keeps the first of two entries of one key", () =>
  bench(async ({ open }) => {
    const [one, two] = [await open("one"), await open("two")];
    await one.put(KEY, tensors(1));
    await two.put(KEY, tensors(2));
    for (const store of [one, two]) {
      assert.deepEqual(await samplesOf(store, KEY), Float32Array.of(1));
    }
  }));

Deno.test("BucketStore takes a damaged object for none, and replaces it", () =>
  bench(async ({ open, bucket }) => {
    await (await open()).put(KEY, tensors(1, 2, 3));
    const whole = bucket.objects.get(NAME)!;
    const damaged = {
      empty: new Uint8Array(),
      "cut in the header": whole.subarray(0, 20),
      "cut in the data": whole.subarray(0, whole.length - 4),
      "no safetensors file": new TextEncoder().encode("hello, this is a text file"),
    };
    for (const [how, bytes] of Object.entries(damaged)) {
      bucket.objects.set(NAME, bytes);
      const store = await open(how);
      assert.equal(await store.has(KEY), false, how);
      assert.equal(await store.get(KEY), undefined, how);
      await store.put(KEY, tensors(5));
      assert.deepEqual(await samplesOf(await open(`${how}, later`), KEY), Float32Array.of(5), how);
    }
  }));

Deno.test("BucketStore reads headers that are longer than most", () =>
  bench(async ({ open }) => {
    const warning = "ä".repeat(5000);
    await (await open()).put(KEY, tensors(1), { warning });
    assert.equal((await (await open("another")).metadata(KEY))?.warning, warning);
  }));

Deno.test("BucketStore asks again where a server is busy, silent or breaks off", () =>
  bench(async ({ open, bucket }) => {
    const store = await open("writer", { stallSeconds: 1 });
    const faults = {
      "503": refuse(503),
      "500": refuse(500),
      "409": refuse(409, "<Error><Code>ConditionalRequestConflict</Code></Error>"),
      hangUp,
      beSilent,
    };
    for (const [how, fault] of Object.entries(faults)) {
      bucket.faults.push(fault);
      await store.put({ ...KEY, clip: how }, tensors(1, 2));
      assert(bucket.objects.has(`features/${entryPath({ ...KEY, clip: how })}`), how);
    }
    for (const [how, fault] of Object.entries({ ...faults, cutShort, standStill })) {
      const fresh = await open(how, { stallSeconds: 1 });
      bucket.faults.push(fault);
      const read = await samplesOf(fresh, { ...KEY, clip: "hangUp" });
      assert.deepEqual([bucket.faults.length, read], [0, Float32Array.of(1, 2)], how);
    }
  }));

Deno.test("BucketStore takes its own entry for written where the answer got lost", () =>
  bench(async ({ open, bucket }) => {
    const store = await open();
    bucket.faults.push((request) => {
      const parts: Uint8Array[] = [];
      request.on("data", (part: Uint8Array) => parts.push(part));
      request.on("end", () => {
        bucket.objects.set(NAME, Uint8Array.from(parts.flatMap((part) => [...part])));
        request.socket.destroy();
      });
    });
    await store.put(KEY, tensors(7));
    assert.deepEqual(await samplesOf(store, KEY), Float32Array.of(7));
  }));

Deno.test("BucketStore gives up after some attempts and says that it may go better later", () =>
  bench(async ({ open, bucket, asked }) => {
    const store = await open();
    asked();
    bucket.faults.push(...Array.from({ length: 4 }, () => refuse(503)));
    const error = await store.put(KEY, tensors(1)).catch((error: unknown) => error);
    assert(error instanceof StoreError && error.mayPass);
    assert.match(error.message, /^s3:\/\/corpora\/features cannot be reached: .* 503/);
    assert.deepEqual(asked(), ["PUT", "PUT", "PUT", "PUT"]);
  }));

Deno.test("BucketStore says what the bucket refuses, at once", () =>
  bench(async ({ open, bucket, asked }) => {
    const body = "<Error><Code>AccessDenied</Code><Message>Not yours,\n at all</Message></Error>";
    bucket.faults.push(refuse(403, body));
    await assert.rejects(open(), {
      name: "StoreError",
      message: "s3://corpora/features refuses: 403 AccessDenied: Not yours, at all " +
        "(it needs s3:GetObject, s3:PutObject and s3:ListBucket)",
    });
    assert.deepEqual(asked(), ["GET"]);
    bucket.faults.push(refuse(404, "<Error><Code>NoSuchBucket</Code></Error>"));
    await assert.rejects(open(), /refuses: 404 NoSuchBucket$/);
  }));

Deno.test("BucketStore refuses what another version put there", () =>
  bench(async ({ open, bucket, asked }) => {
    bucket.objects.set("features/emofuse-store.json", new TextEncoder().encode("{}"));
    await assert.rejects(open(), /s3:\/\/corpora\/features is no store of this version of Emofuse/);
    assert.deepEqual(asked(), ["GET"], "a server that knows no conditions would write over it");
  }));

Deno.test("BucketStore writes to a server that knows no conditions", () =>
  bench(async ({ open, bucket }) => {
    const store = await open();
    bucket.faults.push(refuse(501, "<Error><Code>NotImplemented</Code></Error>"));
    await store.put(KEY, tensors(4));
    assert.deepEqual(await samplesOf(await open("another"), KEY), Float32Array.of(4));
  }));

Deno.test("BucketStore.exchange() gives threads a folder, and takes what they left there", () =>
  bench(async ({ open, bucket }) => {
    const store = await open();
    await store.put(KEY, tensors(1, 2));
    const result = await store.exchange([KEY], [OTHER], async () => {
      const thread = await FolderStore.open(store.dir);
      assert.deepEqual(await samplesOf(thread, KEY), Float32Array.of(1, 2));
      await thread.put(OTHER, tensors(3));
      return "done";
    });
    assert.equal(result, "done");
    assert.deepEqual(await samplesOf(await open("another"), OTHER), Float32Array.of(3));
    assert.deepEqual(await Promise.all([store.path(KEY), store.path(OTHER)].map(isThere)), [
      false,
      false,
    ]);
    // What fails gives back what was lent, and takes nothing.
    await assert.rejects(
      store.exchange([KEY], [], () => Promise.reject(new Error("the thread failed"))),
      /the thread failed/,
    );
    assert.equal(await isThere(store.path(KEY)), false);
    await assert.rejects(
      store.exchange([{ ...KEY, clip: "none" }], [], () => Promise.resolve()),
      /has lost the entry/,
    );
    assert(bucket.objects.size === 3);
  }));

Deno.test("BucketStore.exchange() lends an entry that two use until both have done", () =>
  bench(async ({ open }) => {
    const store = await open();
    await store.put(KEY, tensors(1));
    const first = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = store.exchange([KEY], [], async () => {
      begun.resolve();
      await first.promise;
      assert(await isThere(store.path(KEY)), "the other gave it back");
    });
    await begun.promise;
    await store.exchange([KEY], [], () => Promise.resolve());
    first.resolve();
    await slow;
    assert.equal(await isThere(store.path(KEY)), false);
  }));

Deno.test("BucketStore.lend() keeps entries whatever the cache's limit is", () =>
  bench(async ({ open }) => {
    const big = { samples: { shape: [1000], data: new Float32Array(1000).fill(2) } };
    const keys = Array.from({ length: 6 }, (_, i) => ({ ...KEY, clip: `c${i}` }));
    const writer = await open("writer");
    for (const key of keys) await writer.put(key, big);
    // The cache holds two of them.
    const store = await open("small", { bytes: 9000 });
    await store.lend(keys);
    for (const key of keys) {
      assert.deepEqual(await samplesOf(await FolderStore.open(store.dir), key), big.samples.data);
    }
  }));
