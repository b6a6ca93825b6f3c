import assert from "node:assert/strict";
import { mapConcurrent } from "../../src/runtime/map_concurrent.ts";

Deno.test("mapConcurrent() keeps the order and never exceeds the limit", async () => {
  let running = 0;
  let most = 0;
  const items = Array.from({ length: 20 }, (_, i) => i);
  const results = await mapConcurrent(items, 3, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < (item * 7) % 5; turn++) await Promise.resolve();
    running--;
    return item * 2;
  });
  assert.deepEqual(results, items.map((item) => item * 2));
  assert.equal(most, 3);
});

Deno.test("mapConcurrent() starts nothing after an error and throws it", async () => {
  const started: number[] = [];
  await assert.rejects(
    mapConcurrent([0, 1, 2, 3, 4, 5], 2, async (item) => {
      started.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error("one");
    }),
    /one/,
  );
  assert(started.length < 6, `${started}`);
});

Deno.test("mapConcurrent() refuses a limit that would do nothing", async () => {
  for (const limit of [0, -1, 1.5, NaN]) {
    await assert.rejects(mapConcurrent([1], limit, () => Promise.resolve()), RangeError);
  }
});
