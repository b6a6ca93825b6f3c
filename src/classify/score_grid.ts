import type { Matrix } from "../numeric/matrix.ts";
import { meanRecall } from "../numeric/mean_recall.ts";
import { ClassBlocks } from "./svm/class_blocks.ts";
import { forEachPair, vote } from "./svm/class_pairs.ts";
import { crossDecisions } from "./svm/cross_decisions.ts";
import { PairKernels } from "./svm/pair_kernels.ts";
import { scaleGamma } from "./svm/rbf_kernel.ts";

/** How one point of the grid did. */
export interface GridScore {
  /** Penalty of a margin violation. */
  readonly c: number;
  /** Inverse width of the kernel, in units of `gamma="scale"`. */
  readonly gamma: number;
  /** Mean over the inner folds of the unweighted average recall of their held-out samples. */
  readonly uar: number;
}

/** The grid and the solver's tolerance. */
export interface Grid {
  /** Penalties of a margin violation. */
  readonly c: readonly number[];
  /** Inverse widths of the kernel, in units of `gamma="scale"` of all rows. */
  readonly gamma: readonly number[];
  /** Tolerance of the solver. */
  readonly tolerance: number;
}

/**
 * Scores every point of a grid for the RBF support vector machine by cross-validation on the test folds
 * `tests`, as scikit-learn's `GridSearchCV` does with `scoring="balanced_accuracy"`.
 *
 * @param x Features [n, features].
 * @param y Class index of each row [n].
 * @param tests Numbers of the held-out rows of each fold.
 * @param grid What to try.
 * @param kernels Those of the rows, class by class, where they serve for more than the scores.
 * @returns The scores: for each C, in its order, each gamma.
 *
 * @example
 * ```ts
 * import { scoreGrid } from "./score_grid.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [8], [9]]);
 * const tests = [Int32Array.of(0, 2), Int32Array.of(1, 3)];
 * const grid = { c: [1], gamma: [1], tolerance: 1e-3 };
 * assert.deepEqual(scoreGrid(x, Int32Array.of(0, 0, 1, 1), tests, grid), [{ c: 1, gamma: 1, uar: 1 }]);
 * ```
 */
export function scoreGrid(
  x: Matrix,
  y: Int32Array,
  tests: readonly Int32Array[],
  { c: penalties, gamma: widths, tolerance }: Grid,
  kernels: PairKernels = new PairKernels(new ClassBlocks(x, membersOf(y), "distances")),
): GridScore[] {
  const scale = scaleGamma(x);
  // Reported C by C, as scikit-learn orders them.
  const points = penalties.flatMap((c) => widths.map((gamma) => ({ c, gamma })));
  const labels = labelsOf(y);
  const scaled = points.map(({ c, gamma }) => ({ c, gamma: gamma * scale }));
  const folds = crossDecisions(kernels, tests, scaled, tolerance);
  return points.map((point, at) => {
    const recalls = tests.map((test, fold) => {
      const { present, values } = folds[fold];
      const winner = voteOf(labels.length, present, values[at], test.length);
      return meanRecall(
        test.map((row) => y[row]),
        test.map((_, k) => labels[winner(k)]),
      );
    });
    return { ...point, uar: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length };
  });
}

/** The labels that there are, ascending. */
function labelsOf(y: Int32Array): number[] {
  return [...new Set(y)].toSorted((a, b) => a - b);
}

/** The rows of each label. */
function membersOf(y: Int32Array): Int32Array[] {
  return labelsOf(y).map((label) => Int32Array.from(y.keys()).filter((row) => y[row] === label));
}

/**
 * What gives the class that wins most pairs for each held-out row.
 *
 * @param k Number of classes.
 * @param present The classes that there are machines of.
 * @param decisions Decision values [pairs, rows] of the pairs of all `k` classes.
 * @param rows Number of rows.
 */
function voteOf(
  k: number,
  present: readonly number[],
  decisions: Float64Array,
  rows: number,
): (row: number) => number {
  const numbers = new Map<number, number>();
  forEachPair(k, (i, j, pair) => numbers.set(i * k + j, pair));
  const pairs: number[] = [];
  forEachPair(present.length, (i, j) => pairs.push(numbers.get(present[i] * k + present[j])!));
  return (row) => present[vote(present.length, (pair) => decisions[pairs[pair] * rows + row])];
}
