import { Random } from "../../numeric/random.ts";
import { forEachPair } from "./class_pairs.ts";
import type { PairKernels } from "./pair_kernels.ts";
import { plattScaling } from "./platt.ts";
import { solveSmo } from "./smo.ts";

/** How pairs of classes are fitted. */
export interface PairSettings {
  /** Inverse width of the radial basis function; the linear kernel has none. */
  readonly gamma: number;
  /** Penalty of a margin violation. */
  readonly c: number;
  /** Tolerance of the solver. */
  readonly tolerance: number;
  /** Seed of the folds from which the class probabilities are calibrated. */
  readonly seed: number;
}

/** The machines of all pairs of classes. */
export interface FittedPairs {
  /** Coefficients [pairs, n] of the samples; zero for all but the pair's support vectors. */
  readonly coef: Float64Array;
  /** Threshold of each pair [pairs]. */
  readonly rho: Float64Array;
  /** Slope and offset of each pair's sigmoid [pairs, 2]. */
  readonly sigmoids: Float64Array;
  /** Whether the solver met its tolerance for every pair. */
  readonly converged: boolean;
}

/**
 * Fits one machine a pair of classes, libsvm's one against one, and its sigmoid on the same kernel matrix.
 *
 * @param n Number of samples.
 * @param kernels Their dot products, or radial basis functions, class by class.
 * @param settings How.
 */
export function fitPairs(
  n: number,
  kernels: PairKernels,
  { gamma, c, tolerance, seed }: PairSettings,
): FittedPairs {
  const { members } = kernels.blocks;
  const nPairs = members.length * (members.length - 1) / 2;
  const coef = new Float64Array(nPairs * n);
  const rho = new Float64Array(nPairs);
  const sigmoids = new Float64Array(nPairs * 2);
  const random = new Random(seed);
  let converged = true;
  forEachPair(members.length, (i, j, pair) => {
    const rows = Int32Array.from([...members[i], ...members[j]]);
    const samples = Int32Array.from(rows.keys());
    const first = samples.subarray(0, members[i].length);
    const second = samples.subarray(members[i].length);
    const shared = { kernel: kernels.of(i, j, gamma), stride: rows.length, c, tolerance };
    const signs = Int8Array.from(samples, (at) => at < first.length ? 1 : -1);
    const solution = solveSmo({ ...shared, samples, signs });
    converged &&= solution.converged;
    rows.forEach((row, at) => coef[pair * n + row] = solution.coef[at]);
    rho[pair] = solution.rho;
    const order = random.derive(`platt ${i}-${j}`).permutation(rows.length);
    const { a, b } = plattScaling({ ...shared, first, second }, order);
    sigmoids.set([a, b], pair * 2);
  });
  return { coef, rho, sigmoids, converged };
}
