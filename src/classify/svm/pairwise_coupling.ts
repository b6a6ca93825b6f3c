/**
 * Class probabilities from the probabilities of all pairs of classes: the second method of T.-F. Wu,
 * C.-J. Lin, R. C. Weng, "Probability estimates for multi-class classification by pairwise coupling",
 * JMLR 5, 2004, with libsvm's iteration and its stopping rule of 0.005 / k.
 *
 * @param pairs Row-major [k, k]: `pairs[i * k + j]` is the probability of class i given that it is i or
 * j; each is strictly between 0 and 1, and mirrored ones sum to 1. The diagonal is not read.
 * @param k Number of classes.
 * @returns Probabilities [k], which sum to 1.
 *
 * @example
 * ```ts
 * import { pairwiseCoupling } from "./pairwise_coupling.ts";
 * import assert from "node:assert/strict";
 *
 * const p = pairwiseCoupling(Float64Array.of(0, 0.75, 0.25, 0), 2);
 * assert(Math.abs(p[0] - 0.75) < 0.01);
 * ```
 */
export function pairwiseCoupling(pairs: Float64Array, k: number): Float64Array {
  const q = new Float64Array(k * k);
  for (let t = 0; t < k; t++) {
    for (let j = 0; j < k; j++) {
      if (j === t) continue;
      q[t * k + t] += pairs[j * k + t] ** 2;
      q[t * k + j] = -pairs[j * k + t] * pairs[t * k + j];
    }
  }
  const p = new Float64Array(k).fill(1 / k);
  const qp = new Float64Array(k);
  for (let iteration = 0; iteration < Math.max(100, k); iteration++) {
    let pqp = 0;
    for (let t = 0; t < k; t++) {
      qp[t] = 0;
      for (let j = 0; j < k; j++) qp[t] += q[t * k + j] * p[j];
      pqp += p[t] * qp[t];
    }
    let error = 0;
    for (let t = 0; t < k; t++) error = Math.max(error, Math.abs(qp[t] - pqp));
    if (error < 0.005 / k) break;
    for (let t = 0; t < k; t++) {
      const diff = (pqp - qp[t]) / q[t * k + t];
      const shrink = 1 / (1 + diff);
      p[t] += diff;
      pqp = (pqp + diff * (diff * q[t * k + t] + 2 * qp[t])) * shrink * shrink;
      for (let j = 0; j < k; j++) {
        qp[j] = (qp[j] + diff * q[t * k + j]) * shrink;
        p[j] *= shrink;
      }
    }
  }
  return p;
}
