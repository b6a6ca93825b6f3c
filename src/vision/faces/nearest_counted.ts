/**
 * Of every frame the nearest one that counts, itself where it counts; of two that are as near, the earlier.
 * Where none counts every frame is its own.
 *
 * @param counts 1 for each frame that counts, 0 for the others.
 *
 * @example
 * ```ts
 * import { nearestCounted } from "./nearest_counted.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(nearestCounted(Uint8Array.of(0, 1, 0, 0, 0, 1)), [1, 1, 1, 1, 5, 5]);
 * ```
 */
export function nearestCounted(counts: Uint8Array): number[] {
  const last = counts.lastIndexOf(1);
  let before = counts.indexOf(1);
  if (before < 0) return Array.from(counts.keys());
  return Array.from(counts.keys(), (frame) => {
    if (counts[frame] === 1) return before = frame;
    if (frame <= before || before === last) return before;
    const after = counts.indexOf(1, frame);
    return frame - before <= after - frame ? before : after;
  });
}
