import assert from "node:assert/strict";
import { join } from "node:path";
import { EntryCache } from "../../../src/pipeline/store/bucket/entry_cache.ts";

/** Bytes of every entry of these tests. */
const SIZE = 1000;

async function withFolder(work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function entry(i: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(SIZE).fill(i);
}

function name(i: number): string {
  return `bucket/${String(i % 7).padStart(2, "0")}/${i}.safetensors`;
}

/** Makes files look as if they had been read so many seconds ago. */
async function readBefore(dir: string, i: number, seconds: number): Promise<void> {
  const then = new Date(Date.now() - 1000 * seconds);
  await Deno.utime(join(dir, name(i)), then, then);
}

async function kept(cache: EntryCache, n: number): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < n; i++) {
    const bytes = await cache.get(name(i));
    if (!bytes) continue;
    assert.deepEqual(bytes, entry(i));
    found.push(i);
  }
  return found;
}

Deno.test("EntryCache removes what was not read for the longest time", () =>
  withFolder(async (dir) => {
    const cache = await EntryCache.open({ dir, bytes: 10 * SIZE });
    for (let i = 0; i < 10; i++) {
      await cache.put(name(i), entry(i));
      await readBefore(dir, i, 100 - i);
    }
    // The oldest are read again.
    for (const i of [0, 1]) await cache.get(name(i));
    await cache.put(name(10), entry(10));
    assert.deepEqual(await kept(cache, 11), [0, 1, 4, 5, 6, 7, 8, 9, 10]);
  }));

Deno.test("EntryCache stays near its limit, also where several share a folder", () =>
  withFolder(async (dir) => {
    const limit = 40 * SIZE;
    const caches = await Promise.all(
      Array.from({ length: 3 }, () => EntryCache.open({ dir, bytes: limit })),
    );
    await Promise.all(caches.map(async (cache, c) => {
      for (let i = c; i < 150; i += 3) {
        await cache.put(name(i), entry(i));
        const bytes = await cache.get(name((i * 7) % 150));
        if (bytes) assert.deepEqual(bytes, entry((i * 7) % 150), "whole");
      }
    }));
    // Each may have added a twentieth since it looked.
    const left = (await kept(caches[0], 150)).length;
    assert(left * SIZE <= limit * (1 + 3 * 0.05) && left * SIZE >= limit / 2, `${left} are left`);
  }));

Deno.test("EntryCache takes nothing that is larger than its limit", () =>
  withFolder(async (dir) => {
    const cache = await EntryCache.open({ dir, bytes: SIZE - 1 });
    await cache.put(name(1), entry(1));
    assert.deepEqual(await kept(cache, 2), []);
  }));

Deno.test("EntryCache.link() gives an entry a name that outlives it", () =>
  withFolder(async (dir) => {
    const cache = await EntryCache.open({ dir: join(dir, "cache"), bytes: 3 * SIZE });
    await cache.put(name(1), entry(1));
    assert.equal(await cache.link(name(1), join(dir, "lent")), true);
    assert.equal(await cache.link(name(2), join(dir, "none")), false);
    await readBefore(join(dir, "cache"), 1, 100);
    for (const i of [2, 3, 4]) await cache.put(name(i), entry(i));
    assert.equal(await cache.get(name(1)), undefined);
    assert.deepEqual(await Deno.readFile(join(dir, "lent")), entry(1));
  }));
