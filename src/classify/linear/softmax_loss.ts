/** The sum of the log losses of a softmax over classes, as a function of the scores [k, n], class by class. */
export class SoftmaxLoss {
  /** Number of samples. */
  readonly n: number;
  /** Number of classes. */
  readonly k: number;
  readonly #targets: Int32Array;
  /** Class probabilities [k, n] of the last `value` call. */
  readonly #p: Float64Array;

  /** Of samples whose classes are `targets` [n], among `k`. */
  constructor(targets: Int32Array, k: number) {
    this.n = targets.length;
    this.k = k;
    this.#targets = targets;
    this.#p = new Float64Array(k * this.n);
  }

  /** The loss for `scores` [k, n], where `slope` and `curvature` are then asked. */
  value(scores: Float64Array): number {
    const { n, k } = this;
    const p = this.#p;
    let loss = 0;
    for (let r = 0; r < n; r++) {
      let largest = -Infinity, sum = 0;
      for (let at = r; at < k * n; at += n) largest = Math.max(largest, scores[at]);
      for (let at = r; at < k * n; at += n) sum += p[at] = Math.exp(scores[at] - largest);
      for (let at = r; at < k * n; at += n) p[at] /= sum;
      loss += Math.log(sum) + (largest - scores[this.#targets[r] * n + r]);
    }
    return loss;
  }

  /** The gradient by the scores [k, n]: the probabilities, less 1 at each sample's own class. */
  slope(): Float64Array {
    const out = this.#p.slice();
    this.#targets.forEach((target, r) => out[target * this.n + r] -= 1);
    return out;
  }

  /** The Hessian by the scores times `changes` [k, n]. */
  curvature(changes: Float64Array): Float64Array {
    const { n, k } = this;
    const p = this.#p;
    const out = new Float64Array(k * n);
    for (let r = 0; r < n; r++) {
      let mean = 0;
      for (let at = r; at < k * n; at += n) mean += p[at] * changes[at];
      for (let at = r; at < k * n; at += n) out[at] = p[at] * (changes[at] - mean);
    }
    return out;
  }
}
