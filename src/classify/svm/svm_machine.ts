import type { Matrix } from "../../numeric/matrix.ts";

/** Support vectors of an RBF machine, shared by all pairs. */
export interface Support {
  /** Inverse width of the kernel. */
  readonly gamma: number;
  /** The support vectors [vectors, features]. */
  readonly vectors: Float32Array;
  /** Coefficients [pairs, vectors]; zero where a vector supports another pair only. */
  readonly coef: Float64Array;
}

/**
 * The normal vector of each pair's hyperplane [pairs, features]: the sum of the samples, weighted by `coef` [pairs, n].
 */
export function hyperplanes(coef: Float64Array, { data, rows: n, cols: p }: Matrix): Float64Array {
  const out = new Float64Array(coef.length / n * p);
  for (let k = 0; k < coef.length; k++) {
    if (coef[k] === 0) continue;
    const to = Math.floor(k / n) * p, from = (k % n) * p;
    for (let f = 0; f < p; f++) out[to + f] += coef[k] * data[from + f];
  }
  return out;
}

/** The samples that support any pair, and their coefficients. */
export function support(coef: Float64Array, x: Matrix, gamma: number): Support {
  const nPairs = coef.length / x.rows;
  const used = Int32Array.from({ length: x.rows }, (_, r) => r).filter((r) => {
    for (let pair = 0; pair < nPairs; pair++) if (coef[pair * x.rows + r] !== 0) return true;
    return false;
  });
  const kept = new Float64Array(nPairs * used.length);
  for (let pair = 0; pair < nPairs; pair++) {
    used.forEach((r, at) => kept[pair * used.length + at] = coef[pair * x.rows + r]);
  }
  return { gamma, vectors: x.selectRows(used).data, coef: kept };
}
