/**
 * Maps `items` with at most `limit` calls of `work` under way at once, and keeps the order of the
 * items in the result. The first error stops new work from being started and is thrown once the work
 * under way has ended.
 *
 * @example
 * ```ts
 * import { mapConcurrent } from "./map_concurrent.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(await mapConcurrent([1, 2, 3], 2, (n) => Promise.resolve(n * n)), [1, 4, 9]);
 * ```
 *
 * @throws {RangeError} If `limit` is not a whole number of at least 1.
 */
export async function mapConcurrent<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`the limit must be a whole number of at least 1, got ${limit}`);
  }
  const results = new Array<R>(items.length);
  let next = 0;
  let failed = false;
  const lane = async () => {
    while (next < items.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(items[index], index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = Array.from({ length: Math.min(limit, items.length) }, lane);
  for (const lane of await Promise.allSettled(lanes)) {
    if (lane.status === "rejected") throw lane.reason;
  }
  return results;
}
