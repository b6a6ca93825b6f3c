import { exp } from "../../numeric/exp.ts";
import { forEachPair } from "./class_pairs.ts";
import { solveSmo } from "./smo.ts";
import type { PairKernels } from "./pair_kernels.ts";

/** Settings of an RBF machine. */
export interface RbfPoint {
  /** Penalty of a margin violation. */
  readonly c: number;
  /** Inverse width of the kernel. */
  readonly gamma: number;
}

/** What machines that were fitted without the rows of a fold say of them. */
export interface FoldDecisions {
  /** The classes, as numbers of `members`, that have rows outside the fold. */
  readonly present: readonly number[];
  /**
   * For each point the decision values [pairs, rows] of all pairs of classes; positive speaks for the first. Pairs of
   * which one class is not present hold nothing.
   */
  readonly values: readonly Float64Array[];
}

/** A pair's machines: those of a point and fold are at `point * folds + fold`. */
interface PairFits {
  /** The pair's classes. */
  readonly classes: readonly [number, number];
  /** Coefficients of the rows of the first class, then of the second; empty where the pair has no machine. */
  readonly coef: Float64Array[];
  readonly rho: number[];
}

/** A held-out row: its number within its class, and its place in the fold. */
interface HeldRow {
  readonly row: number;
  readonly at: number;
}

/**
 * Decision values of RBF support vector machines, one a pair of classes, for the held-out rows of each fold and every
 * point of a grid. Distances are computed a pair of classes at a time, once to fit and once to decide, and no matrix of
 * all rows is ever made: with k classes the memory is that of (2 n / k)^2 numbers.
 *
 * @param kernels What gives the kernels of the rows, at least two classes of them.
 * @param tests The held-out rows of each fold.
 * @param points What to fit.
 * @param tolerance Tolerance of the solver.
 *
 * @example
 * ```ts
 * import { ClassBlocks } from "./class_blocks.ts";
 * import { crossDecisions } from "./cross_decisions.ts";
 * import { PairKernels } from "./pair_kernels.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [8], [9]]);
 * const members = [Int32Array.of(0, 1), Int32Array.of(2, 3)];
 * const kernels = new PairKernels(new ClassBlocks(x, members, "distances"));
 * const tests = [Int32Array.of(0, 2), Int32Array.of(1, 3)];
 * const [{ values: [decisions] }] = crossDecisions(kernels, tests, [{ c: 1, gamma: 0.1 }], 1e-3);
 * assert(decisions[0] > 0 && decisions[1] < 0);
 * ```
 */
export function crossDecisions(
  kernels: PairKernels,
  tests: readonly Int32Array[],
  points: readonly RbfPoint[],
  tolerance: number,
): FoldDecisions[] {
  const { blocks } = kernels;
  const { members } = blocks;
  const held = tests.map((test) => heldRows(members, test));
  const pairs = fitFolds(kernels, held, points, tolerance);
  const folds = tests.map((test, fold): FoldDecisions => ({
    present: [...members.keys()].filter((k) => held[fold][k].length < members[k].length),
    values: points.map((_, point) => {
      const values = new Float64Array(pairs.length * test.length);
      pairs.forEach(({ rho }, pair) => {
        const from = pair * test.length;
        values.fill(-rho[point * tests.length + fold], from, from + test.length);
      });
      return values;
    }),
  }));

  const kernel = kernels.room(Math.max(...members.map(({ length }) => length)) ** 2);
  for (let i = 0; i < members.length; i++) {
    for (let j = i; j < members.length; j++) {
      const [n, m] = [members[i].length, members[j].length];
      const half = i === j ? blocks.within(i) : undefined;
      const between = half ? undefined : blocks.between(i, j);
      forEachGamma(points, (gamma, ofGamma) => {
        if (half) fillSquare(kernel, half, n, gamma);
        else between!.forEach((value, at) => kernel[at] = exp(-gamma * value));
        for (const point of ofGamma) {
          folds.forEach(({ values }, fold) => {
            const out = { values: values[point], length: tests[fold].length };
            const at = point * tests.length + fold;
            // Rows of the first class through support vectors of the second, and the other way round.
            addDecisions(out, pairs, at, { of: j, n: m, kernel, row: m, step: 1 }, held[fold][i]);
            if (i === j) return;
            addDecisions(out, pairs, at, { of: i, n, kernel, row: 1, step: m }, held[fold][j]);
          });
        }
      });
    }
  }
  return folds;
}

/** Calls `visit` for each gamma of a grid, with the numbers of its points. */
function forEachGamma(
  points: readonly RbfPoint[],
  visit: (gamma: number, ofGamma: readonly number[]) => void,
): void {
  for (const gamma of new Set(points.map((point) => point.gamma))) {
    visit(gamma, [...points.keys()].filter((at) => points[at].gamma === gamma));
  }
}

/** For each class the rows of it that are in `test`. */
function heldRows(members: readonly Int32Array[], test: Int32Array): HeldRow[][] {
  const place = new Map(Array.from(test, (row, at) => [row, at]));
  return members.map((rows) =>
    Array.from(rows, (of, row) => ({ row, at: place.get(of) ?? -1 })).filter(({ at }) => at !== -1)
  );
}

/** The machines of every pair, point and fold. */
function fitFolds(
  kernels: PairKernels,
  held: readonly HeldRow[][][],
  points: readonly RbfPoint[],
  tolerance: number,
): PairFits[] {
  const { members } = kernels.blocks;
  const fits: PairFits[] = [];
  forEachPair(members.length, (i, j) => {
    const [n, m] = [members[i].length, members[j].length];
    const fit: PairFits = { classes: [i, j], coef: [], rho: [] };
    forEachGamma(points, (gamma, ofGamma) => {
      const kernel = kernels.of(i, j, gamma);
      held.forEach((byClass, fold) => {
        const [heldI, heldJ] = [byClass[i], byClass[j]];
        const isLearnt = heldI.length < n && heldJ.length < m;
        const out = new Set([...heldI.map(({ row }) => row), ...heldJ.map(({ row }) => n + row)]);
        const samples = Int32Array.from({ length: n + m }, (_, at) => at)
          .filter((at) => !out.has(at));
        const signs = Int8Array.from(samples, (sample) => sample < n ? 1 : -1);
        for (const point of ofGamma) {
          const at = point * held.length + fold;
          fit.coef[at] = new Float64Array(isLearnt ? n + m : 0);
          fit.rho[at] = 0;
          if (!isLearnt) continue;
          const { c } = points[point];
          const { coef, rho } = solveSmo({ kernel, stride: n + m, samples, signs, c, tolerance });
          samples.forEach((sample, k) => fit.coef[at][sample] = coef[k]);
          fit.rho[at] = rho;
        }
      });
    });
    fits.push(fit);
  });
  return fits;
}

/** The kernel of a class with itself [n, n] of the upper half of its distances. */
function fillSquare(kernel: Float64Array, half: Float64Array, n: number, gamma: number): void {
  for (let r = 0, at = 0; r < n; r++) {
    for (let c = r; c < n; c++, at++) {
      kernel[r * n + c] = kernel[c * n + r] = exp(-gamma * half[at]);
    }
  }
}

/** Kernel values of rows with the support vectors of one class. */
interface SupportBlock {
  /** The class, and how many rows it has. */
  readonly of: number;
  readonly n: number;
  readonly kernel: Float64Array;
  /** How far apart two rows, and two support vectors, are in `kernel`. */
  readonly row: number;
  readonly step: number;
}

/** Adds to the decisions of the held-out rows what the support vectors of one class say of them. */
function addDecisions(
  out: { readonly values: Float64Array; readonly length: number },
  pairs: readonly PairFits[],
  fit: number,
  { of, n, kernel, row, step }: SupportBlock,
  held: readonly HeldRow[],
): void {
  pairs.forEach(({ classes: [first, second], coef }, pair) => {
    if (first !== of && second !== of) return;
    const all = coef[fit];
    if (all.length === 0) return;
    const weights = first === of ? all.subarray(0, n) : all.subarray(all.length - n);
    for (let s = 0; s < n; s++) {
      const weight = weights[s];
      if (weight === 0) continue;
      const from = s * step;
      for (const { row: r, at } of held) {
        out.values[pair * out.length + at] += weight * kernel[r * row + from];
      }
    }
  });
}
