import type { Matrix } from "../numeric/matrix.ts";
import { meanRecall } from "../numeric/mean_recall.ts";
import { vote } from "./svm/class_pairs.ts";
import { solvePairs } from "./svm/pair_machines.ts";
import { rbfKernels, scaleGamma } from "./svm/rbf_kernel.ts";

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
 * `tests`, as scikit-learn's `GridSearchCV` does with `scoring="balanced_accuracy"`. Distances are
 * computed once, each gamma's kernel once, for all C and folds.
 *
 * @param x Features [n, features].
 * @param y Class index of each row [n].
 * @param tests Numbers of the held-out rows of each fold.
 * @param grid What to try.
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
): GridScore[] {
  // The rows of a class side by side: machines of two classes then read two stretches of each row of the kernel
  // instead of all of it, which no cache holds.
  const order = Int32Array.from(y.keys()).sort((a, b) => y[a] - y[b] || a - b);
  const place = new Int32Array(order.length);
  order.forEach((row, at) => place[row] = at);
  const values = new Float64Array(x.data.length);
  order.forEach((row, at) => values.set(x.row(row), at * x.cols));
  const kernels = rbfKernels(values, x.cols);
  const scale = scaleGamma(x);
  // Kernel by kernel, so that only one is in memory; reported C by C, as scikit-learn orders them.
  const byGamma = widths.map((gamma) => {
    const kernel = kernels.of(gamma * scale);
    return penalties.map((c) => {
      const recalls = tests.map((test) => {
        const predicted = predictFold({ kernel, place, c, tolerance }, y, test);
        return meanRecall(test.map((i) => y[i]), predicted);
      });
      return { c, gamma, uar: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length };
    });
  });
  return penalties.flatMap((_, at) => byGamma.map((scores) => scores[at]));
}

/** A kernel of rows that stand in it at their places, and how machines are fitted to it. */
interface Fit {
  readonly kernel: Float64Array;
  readonly place: Int32Array;
  readonly c: number;
  readonly tolerance: number;
}

/** The classes that machines fitted on all other rows of the kernel give to the rows `test`. */
function predictFold(
  { kernel, place, c, tolerance }: Fit,
  y: Int32Array,
  test: Int32Array,
): Int32Array {
  const stride = y.length;
  const held = new Set(test);
  const groups: number[][] = Array.from({ length: Math.max(...y) + 1 }, () => []);
  y.forEach((label, r) => {
    if (!held.has(r)) groups[label].push(place[r]);
  });
  const classes = Int32Array.from(groups.keys()).filter((label) => groups[label].length > 0);
  const members = Array.from(classes, (label) => Int32Array.from(groups[label]));
  const { coef, rho } = solvePairs({ kernel, stride, c, tolerance, members });
  // Most coefficients of a pair are zero: it knows two classes, and of these the support vectors. They are added in
  // the order of the rows, so that rounding does not depend on places.
  const supports = Array.from(
    rho,
    (_, pair) => place.filter((at) => coef[pair * stride + at] !== 0),
  );
  return test.map((row) =>
    classes[
      vote(classes.length, (pair) => {
        let decision = -rho[pair];
        for (const at of supports[pair]) {
          decision += coef[pair * stride + at] * kernel[place[row] * stride + at];
        }
        return decision;
      })
    ]
  );
}
