import { EigenvalueDecomposition, Matrix as Dense, QrDecomposition } from "ml-matrix";
import type { Matrix } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";

/** Directions that are followed beside those that are wanted, so that these come out exactly. */
const SPARE = 10;
/** Rounds of the subspace iteration. */
const ROUNDS = 6;

/** What {@linkcode principalComponents} finds. */
export interface PrincipalComponents {
  /** Coordinates of the samples [n][k], most variance first. */
  readonly scores: number[][];
  /** Share of the variance that each component holds [k], 0 to 1. */
  readonly explained: number[];
}

/**
 * The leading principal components of standardised features, by subspace iteration from a random start
 * (N. Halko, P. Martinsson, J. Tropp, "Finding structure with randomness", SIAM Review 53, 2011,
 * algorithms 4.4 and 5.1): a full decomposition of a thousand features would take minutes. Components
 * point to where their greatest loading is positive.
 *
 * @param matrix Features [n, d]; each column is brought to mean 0 and deviation 1, or 0 where it is constant.
 * @param wanted Most components to give.
 * @param seed Seed of the random start.
 *
 * @throws {RangeError} If a value is not finite.
 *
 * @example
 * ```ts
 * import { Matrix } from "../numeric/matrix.ts";
 * import { principalComponents } from "./principal_components.ts";
 * import assert from "node:assert/strict";
 *
 * const square = Matrix.fromRows([[0, 0], [0, 1], [1, 0], [1, 1]]);
 * const { explained } = principalComponents(square, 2, 1);
 * assert.deepEqual(explained.map((share) => share.toFixed(6)), ["0.500000", "0.500000"]);
 * ```
 */
export function principalComponents(
  matrix: Matrix,
  wanted: number,
  seed: number,
): PrincipalComponents {
  const { rows: n, cols: d } = matrix;
  const x = standardised(matrix);
  const k = Math.min(wanted + SPARE, n, d);
  const random = new Random(seed).derive("principal components");
  let basis = orthonormal(Float64Array.from({ length: d * k }, () => random.normal()), d, k);
  for (let round = 0; round < ROUNDS; round++) {
    basis = orthonormal(timesTransposed(x, times(x, basis, k), k), d, k);
  }
  const projected = Dense.from1DArray(n, k, times(x, basis, k));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(
    projected.transpose().mmul(projected),
    { assumeSymmetric: true },
  );
  const order = Array.from(realEigenvalues.keys())
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
    .slice(0, wanted);
  const total = totalVariance(x);
  const loadings = Dense.from1DArray(d, k, basis).mmul(eigenvectorMatrix);
  const signs = order.map((c) => {
    const column = loadings.getColumn(c);
    return Math.sign(column.reduce((a, b) => Math.abs(b) > Math.abs(a) + 1e-9 ? b : a, 0)) || 1;
  });
  const scores = projected.mmul(eigenvectorMatrix);
  return {
    scores: Array.from({ length: n }, (_, i) => order.map((c, j) => signs[j] * scores.get(i, c))),
    explained: order.map((c) => total === 0 ? 0 : Math.max(0, realEigenvalues[c]) / total),
  };
}

/** Features [n, d] and what standardises each column: a copy in double precision would be twice as large as they. */
interface Standardised {
  readonly data: Float32Array;
  readonly n: number;
  readonly d: number;
  /** Mean of each column [d]. */
  readonly means: Float64Array;
  /** One over the population deviation of each column, 0 where it is constant [d]. */
  readonly scales: Float64Array;
}

function standardised({ rows: n, cols: d, data }: Matrix): Standardised {
  const means = new Float64Array(d);
  const scales = new Float64Array(d);
  for (let c = 0; c < d; c++) {
    let mean = 0, square = 0;
    for (let i = c; i < data.length; i += d) mean += data[i] / n;
    if (!Number.isFinite(mean)) throw new RangeError(`feature ${c} is not finite everywhere`);
    for (let i = c; i < data.length; i += d) square += (data[i] - mean) ** 2 / n;
    const deviation = Math.sqrt(square);
    means[c] = mean;
    // What single precision leaves of a constant column is no variance.
    scales[c] = deviation > 1e-6 * Math.abs(mean) && deviation > 0 ? 1 / deviation : 0;
  }
  return { data, n, d, means, scales };
}

/** The sum of the squares of all standardised values. */
function totalVariance({ data, n, d, means, scales }: Standardised): number {
  let total = 0;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) total += ((data[i * d + c] - means[c]) * scales[c]) ** 2;
  }
  return total;
}

/** The standardised values [n, d] times `b` [d, k]: [n, k]. */
function times(
  { data, n, d, means, scales }: Standardised,
  b: Float64Array,
  k: number,
): Float64Array {
  const out = new Float64Array(n * k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const value = (data[i * d + c] - means[c]) * scales[c];
      for (let j = 0; j < k; j++) out[i * k + j] += value * b[c * k + j];
    }
  }
  return out;
}

/** The transpose of the standardised values [n, d] times `b` [n, k]: [d, k]. */
function timesTransposed(
  { data, n, d, means, scales }: Standardised,
  b: Float64Array,
  k: number,
): Float64Array {
  const out = new Float64Array(d * k);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const value = (data[i * d + c] - means[c]) * scales[c];
      for (let j = 0; j < k; j++) out[c * k + j] += value * b[i * k + j];
    }
  }
  return out;
}

/** An orthonormal basis [d, k] of the columns of `columns` [d, k]. */
function orthonormal(columns: Float64Array, d: number, k: number): Float64Array {
  const { orthogonalMatrix } = new QrDecomposition(Dense.from1DArray(d, k, columns));
  return Float64Array.from(orthogonalMatrix.to1DArray());
}
