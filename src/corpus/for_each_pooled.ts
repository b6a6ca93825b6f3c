/**
 * Calls `work` on every item, on at most `concurrency` of them at once, starting them in order. After
 * a failure no further item is started; those under way are waited for, then the failure is thrown.
 *
 * @example
 * ```ts
 * import { forEachPooled } from "./for_each_pooled.ts";
 * import assert from "node:assert/strict";
 *
 * const squares: number[] = [];
 * await forEachPooled([1, 2, 3], 2, async (n, i) => {
 *   squares[i] = await Promise.resolve(n * n);
 * });
 * assert.deepEqual(squares, [1, 4, 9]);
 * ```
 *
 * @throws {RangeError} If `concurrency` is not a whole number of at least 1.
 */
export async function forEachPooled<T>(
  items: readonly T[],
  concurrency: number,
  work: (item: T, index: number) => Promise<void>,
): Promise<void> {
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`concurrency must be a whole number of at least 1, got ${concurrency}`);
  }
  let next = 0;
  const failures: unknown[] = [];
  const runner = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        await work(items[index], index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, runner));
  if (failures.length > 0) throw failures[0];
}
