import type { ClassCounts } from "./class_counts.ts";

/** How well one class is told from the others. */
export interface ClassScores {
  /** Share of the predictions of this class that are right; 0 if it is never predicted. */
  readonly precision: number;
  /** Share of this class's samples that are found; 0 if it has none. */
  readonly recall: number;
  /** Harmonic mean of the two; 0 if both are 0. */
  readonly f1: number;
  /** Number of samples of this class. */
  readonly support: number;
}

/**
 * Precision, recall, F1 and support of every class from its counts. A share of nothing is 0.
 *
 * @example
 * ```ts
 * import { classCounts } from "./class_counts.ts";
 * import { classScores } from "./class_scores.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(classScores(classCounts(Int32Array.of(0, 0, 0, 1), new Int32Array(4), 2)), [
 *   { precision: 0.75, recall: 1, f1: 6 / 7, support: 3 },
 *   { precision: 0, recall: 0, f1: 0, support: 1 },
 * ]);
 * ```
 */
export function classScores({ hits, support, chosen }: ClassCounts): ClassScores[] {
  return Array.from(hits, (right, c) => ({
    precision: share(right, chosen[c]),
    recall: share(right, support[c]),
    f1: share(2 * right, support[c] + chosen[c]),
    support: support[c],
  }));
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
