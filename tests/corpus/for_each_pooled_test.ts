import assert from "node:assert/strict";
import { forEachPooled } from "../../src/corpus/for_each_pooled.ts";

Deno.test("forEachPooled() works on every item once, on no more than it may at once", async () => {
  const seen: [string, number][] = [];
  let running = 0;
  let most = 0;
  await forEachPooled(["a", "b", "c", "d"], 2, async (item, i) => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    seen.push([item, i]);
    running--;
  });
  assert.equal(most, 2);
  assert.deepEqual(seen, [["a", 0], ["b", 1], ["c", 2], ["d", 3]]);
  await forEachPooled([], 2, () => Promise.reject(new Error("never called")));
});

Deno.test("forEachPooled() starts nothing after a failure, waits for the rest and throws it", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const started: number[] = [];
  let finished = false;
  const done = forEachPooled([0, 1, 2, 3], 2, async (item) => {
    started.push(item);
    if (item === 0) throw new Error("first");
    await promise;
    finished = true;
  });
  resolve();
  await assert.rejects(done, { message: "first" });
  assert.deepEqual(started, [0, 1]);
  assert.equal(finished, true);
});

Deno.test("forEachPooled() throws for a concurrency below 1", async () => {
  for (const concurrency of [0, 1.5, NaN]) {
    await assert.rejects(forEachPooled([1], concurrency, () => Promise.resolve()), RangeError);
  }
});
