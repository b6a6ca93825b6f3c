import * as tf from "@tensorflow/tfjs";
import type { DenseGradient } from "./layers/dense_gradients.ts";
import { ADAM_KERNEL, DENSE_ADAM_KERNEL } from "./kernels/adam.ts";
import type { Tensor, Variable } from "./tensor.ts";

/** Settings of {@linkcode Adam}. */
export interface AdamOptions {
  /**
   * Step size.
   *
   * @default {1e-4}
   */
  readonly learningRate?: number;
  /**
   * Decay of the first moment, the running mean of the gradient.
   *
   * @default {0.9}
   */
  readonly beta1?: number;
  /**
   * Decay of the second moment, the running mean of the squared gradient.
   *
   * @default {0.999}
   */
  readonly beta2?: number;
  /**
   * Added to the root of the second moment.
   *
   * @default {1e-7}
   */
  readonly epsilon?: number;
}

/**
 * The Adam optimiser as Keras defines it:
 * `w -= learningRate sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon)` at step `t` (D. P. Kingma
 * and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, end of section 2). Needs
 * `initBackend()`; holds two tensors a variable, to be freed with `dispose()`.
 */
export class Adam {
  readonly #variables: readonly Variable[];
  readonly #moments: readonly (readonly [m: Tensor, v: Tensor])[];
  readonly #options: Required<AdamOptions>;
  #step = 0;
  /** Factor of the step size: what a schedule makes of it. */
  rate = 1;

  /** Starts with both moments of each of `variables` at zero. */
  constructor(variables: readonly Variable[], options: AdamOptions = {}) {
    this.#variables = variables;
    this.#moments = variables.map(({ shape }) => [tf.zeros(shape), tf.zeros(shape)]);
    this.#options = { learningRate: 1e-4, beta1: 0.9, beta2: 0.999, epsilon: 1e-7, ...options };
  }

  /**
   * Changes every variable by one step along its gradient, given in the order of the variables; that of a dense
   * layer's kernel as a tensor or as its factors.
   */
  apply(gradients: readonly (Tensor | DenseGradient)[]): void {
    const { learningRate, beta1, beta2, epsilon } = this.#options;
    const t = ++this.#step;
    const alpha = this.rate * learningRate * Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t);
    this.#variables.forEach((variable, i) => {
      const [m, v] = this.#moments[i];
      const gradient = gradients[i];
      const updated = tf.engine().runKernel(
        "dy" in gradient ? DENSE_ADAM_KERNEL : ADAM_KERNEL,
        { w: variable, m, v, ..."dy" in gradient ? gradient : { g: gradient } },
        { alpha, beta1, beta2, epsilon },
      ) as Tensor;
      variable.assign(updated);
      updated.dispose();
    });
  }

  /** Frees the moments. */
  dispose(): void {
    for (const pair of this.#moments) tf.dispose([...pair]);
  }
}
