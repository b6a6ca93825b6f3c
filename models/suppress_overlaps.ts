import type { Box } from "./box.ts";

/**
 * Two boxes are of one face where they share more than this part of the smaller. That asks for less than
 * MediaPipe's 0.3 of their union: where a face fills the picture the detector finds parts of it, too.
 */
const MOST_SHARED = 0.3;

/**
 * Of boxes that lie on the same thing the best-scored one, best first (non-maximum suppression). The best
 * box is kept as it is, not blended with the others.
 *
 * @example
 * ```ts
 * import { suppressOverlaps } from "./suppress_overlaps.ts";
 * import assert from "node:assert/strict";
 *
 * const box = (x: number, score: number) => ({ x, y: 0, width: 10, height: 10, score });
 * const kept = suppressOverlaps([box(1, 0.7), box(0, 0.9), box(30, 0.6)]);
 * assert.deepEqual(kept.map(({ x }) => x), [0, 30]);
 * ```
 */
export function suppressOverlaps<Found extends Box & { readonly score: number }>(
  found: readonly Found[],
): Found[] {
  const kept: Found[] = [];
  for (const box of found.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((better) => !isSame(box, better))) kept.push(box);
  }
  return kept;
}

function isSame(a: Box, b: Box): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared > MOST_SHARED * Math.min(a.width * a.height, b.width * b.height);
}
