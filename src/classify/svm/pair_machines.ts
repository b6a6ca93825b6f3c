import { forEachPair } from "./class_pairs.ts";
import { solveSmo } from "./smo.ts";

/** The machines of all pairs of classes, on a kernel matrix that they share. */
export interface PairMachines {
  /** Coefficients [pairs, stride] of the samples; zero for all but the pair's support vectors. */
  readonly coef: Float64Array;
  /** Threshold of each pair [pairs]. */
  readonly rho: Float64Array;
  /** Whether the solver met its tolerance for every pair. */
  readonly converged: boolean;
}

/** What the machines learn from. */
export interface PairMachinesInput {
  /** Row-major kernel matrix [stride, stride]. */
  readonly kernel: Float64Array;
  /** Number of samples that `kernel` covers. */
  readonly stride: number;
  /** The samples of each class, as row numbers of `kernel`; not all rows need to be there. */
  readonly members: readonly Int32Array[];
  /** Penalty of a margin violation. */
  readonly c: number;
  /** Tolerance of the solver. */
  readonly tolerance: number;
}

/** Solves one machine a pair of classes: libsvm's one against one. */
export function solvePairs({ members, ...shared }: PairMachinesInput): PairMachines {
  const { stride } = shared;
  const nPairs = members.length * (members.length - 1) / 2;
  const coef = new Float64Array(nPairs * stride);
  const rho = new Float64Array(nPairs);
  let converged = true;
  forEachPair(members.length, (i, j, pair) => {
    const samples = Int32Array.from([...members[i], ...members[j]]);
    const signs = Int8Array.from(samples, (_, k) => k < members[i].length ? 1 : -1);
    const solution = solveSmo({ ...shared, samples, signs });
    converged &&= solution.converged;
    samples.forEach((sample, k) => coef[pair * stride + sample] = solution.coef[k]);
    rho[pair] = solution.rho;
  });
  return { coef, rho, converged };
}
