import { solveSmo } from "./smo.ts";

/** The sigmoid that turns a decision value f into P(first class) = 1 / (1 + exp(a f + b)). */
export interface Sigmoid {
  /** Slope; negative where a higher decision value means the first class. */
  readonly a: number;
  /** Offset. */
  readonly b: number;
}

/** One pair of classes of a support vector machine, on a kernel matrix that all pairs share. */
export interface PairProblem {
  /** Row-major kernel matrix [stride, stride] of all training samples. */
  readonly kernel: Float64Array;
  /** Number of samples that `kernel` covers. */
  readonly stride: number;
  /** Samples of the first, positive class, as row numbers of `kernel`. */
  readonly first: Int32Array;
  /** Samples of the second, negative class. */
  readonly second: Int32Array;
  /** Penalty of a margin violation. */
  readonly c: number;
  /** Tolerance of the solver. */
  readonly tolerance: number;
}

const FOLDS = 5;

/**
 * Platt scaling as libsvm does it: decision values of five-fold cross-validation on the pair's samples,
 * then {@linkcode fitSigmoid} on them.
 *
 * @param pair The two classes.
 * @param permutation Order of the samples (first class, then second) that is cut into the folds.
 *
 * @example
 * ```ts
 * import { plattScaling, sigmoid } from "./platt.ts";
 * import assert from "node:assert/strict";
 *
 * const x = [-3, -2, -2, -1, -1, 1, 1, 2, 2, 3];
 * const fitted = plattScaling({
 *   kernel: Float64Array.from(x.flatMap((u) => x.map((v) => u * v))),
 *   stride: 10,
 *   first: Int32Array.of(5, 6, 7, 8, 9),
 *   second: Int32Array.of(0, 1, 2, 3, 4),
 *   c: 1,
 *   tolerance: 1e-3,
 * }, Int32Array.of(0, 5, 1, 6, 2, 7, 3, 8, 4, 9));
 * assert(sigmoid(2, fitted) > 0.8 && sigmoid(-2, fitted) < 0.2);
 * ```
 */
export function plattScaling(pair: PairProblem, permutation: Int32Array): Sigmoid {
  const { kernel, stride, first, second, c, tolerance } = pair;
  const n = first.length + second.length;
  const sampleAt = (at: number) => at < first.length ? first[at] : second[at - first.length];
  const decisions = new Float64Array(n);
  const targets = Uint8Array.from({ length: n }, (_, at) => at < first.length ? 1 : 0);
  for (let fold = 0; fold < FOLDS; fold++) {
    const begin = Math.floor(fold * n / FOLDS);
    const end = Math.floor((fold + 1) * n / FOLDS);
    const test = permutation.subarray(begin, end);
    const train = permutation.filter((_, k) => k < begin || k >= end);
    const positive = train.filter((at) => targets[at] === 1);
    const negative = train.filter((at) => targets[at] === 0);
    if (positive.length === 0 || negative.length === 0) {
      const only = Math.sign(positive.length - negative.length);
      for (const at of test) decisions[at] = only;
      continue;
    }
    // libsvm sorts the labels of such a fold, -1 and +1, and then counts the lower as the first
    // class: the same machine with the opposite sign, but another path of the solver to it.
    const samples = Int32Array.from([...negative, ...positive], sampleAt);
    const signs = Int8Array.from(samples, (_, k) => k < negative.length ? 1 : -1);
    const { coef, rho } = solveSmo({ kernel, stride, samples, signs, c, tolerance });
    for (const at of test) {
      const row = sampleAt(at) * stride;
      let value = -rho;
      for (let k = 0; k < samples.length; k++) value += coef[k] * kernel[row + samples[k]];
      decisions[at] = -value;
    }
  }
  return fitSigmoid(decisions, targets);
}

const MAX_STEPS = 100;
const SMALLEST_STEP = 1e-10;

/**
 * Fits a sigmoid to decision values by regularised maximum likelihood: Newton's method with a line search
 * (H.-T. Lin, C.-J. Lin, R. C. Weng, "A note on Platt's probabilistic outputs for support vector
 * machines", Machine Learning 68, 2007).
 *
 * @param decisions Decision values [n].
 * @param targets 1 where the sample belongs to the first class, else 0 [n].
 *
 * @example
 * ```ts
 * import { fitSigmoid } from "./platt.ts";
 * import assert from "node:assert/strict";
 *
 * const { a, b } = fitSigmoid(Float64Array.of(-2, -1, 1, 2), Uint8Array.of(0, 0, 1, 1));
 * assert(a < 0 && Math.abs(b) < 1e-3);
 * ```
 */
export function fitSigmoid(decisions: Float64Array, targets: Uint8Array): Sigmoid {
  const n = decisions.length;
  const positives = targets.reduce((sum, value) => sum + value, 0);
  const negatives = n - positives;
  // Platt's targets: not quite 0 and 1, so that separable values do not make the slope infinite.
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (negatives + 2);
  const loss = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const z = a * decisions[i] + b;
      const target = targets[i] === 1 ? high : low;
      sum += (z >= 0 ? target : target - 1) * z + Math.log1p(Math.exp(-Math.abs(z)));
    }
    return sum;
  };

  let a = 0, b = Math.log((negatives + 1) / (positives + 1));
  let value = loss(a, b);
  for (let step = 0; step < MAX_STEPS; step++) {
    // The tiny ridge keeps the Hessian positive definite.
    let haa = 1e-12, hbb = 1e-12, hab = 0, ga = 0, gb = 0;
    for (let i = 0; i < n; i++) {
      const p = sigmoid(decisions[i], { a, b });
      const curvature = p * (1 - p);
      const residual = (targets[i] === 1 ? high : low) - p;
      haa += decisions[i] * decisions[i] * curvature;
      hbb += curvature;
      hab += decisions[i] * curvature;
      ga += decisions[i] * residual;
      gb += residual;
    }
    if (Math.abs(ga) < 1e-5 && Math.abs(gb) < 1e-5) break;
    const determinant = haa * hbb - hab * hab;
    const da = -(hbb * ga - hab * gb) / determinant;
    const db = -(haa * gb - hab * ga) / determinant;
    const slope = ga * da + gb * db;
    let size = 1;
    for (; size >= SMALLEST_STEP; size /= 2) {
      const next = loss(a + size * da, b + size * db);
      if (next < value + 1e-4 * size * slope) {
        a += size * da;
        b += size * db;
        value = next;
        break;
      }
    }
    // No shorter step lowers the loss either: this is the minimum to within rounding.
    if (size < SMALLEST_STEP) break;
  }
  return { a, b };
}

/** P(first class) for the decision value `f`: 1 / (1 + exp(a f + b)), computed without overflow. */
export function sigmoid(f: number, { a, b }: Sigmoid): number {
  const z = a * f + b;
  return z >= 0 ? Math.exp(-z) / (1 + Math.exp(-z)) : 1 / (1 + Math.exp(z));
}
