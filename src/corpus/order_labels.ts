/**
 * Each label once, in the order that a corpus states; those that it does not know come after, sorted.
 *
 * @param labels The labels, in any order, repeated or not.
 * @param stated The labels of the corpus, in the order of results.
 *
 * @example
 * ```ts
 * import { orderLabels } from "./order_labels.ts";
 * import assert from "node:assert/strict";
 *
 * const found = ["sad", "bored", "calm", "sad", "awed"];
 * assert.deepEqual(orderLabels(found, ["calm", "happy", "sad"]), ["calm", "sad", "awed", "bored"]);
 * ```
 */
export function orderLabels(labels: Iterable<string>, stated: readonly string[]): string[] {
  const found = new Set(labels);
  const known = stated.filter((label) => found.has(label));
  return [...known, ...[...found].filter((label) => !stated.includes(label)).sort()];
}
