import * as tf from "@tensorflow/tfjs";
import { addBias } from "./add_bias.ts";
import { columnSums } from "./column_sums.ts";
import type { Tensor, Variable } from "../tensor.ts";

/**
 * The gradient x^T dy of a dense layer's kernel [rows, cols], not multiplied out: it is as large as the kernel,
 * and {@linkcode Adam} works it out piece by piece.
 */
export interface DenseGradient {
  /** The layer's input [n, rows]. */
  readonly x: Tensor;
  /** The gradient of its output [n, cols]. */
  readonly dy: Tensor;
}

/** Where the gradients of dense kernels go while {@linkcode collectDenseGradients} runs. */
let collected: Map<Variable, DenseGradient[]> | undefined;

/**
 * A dense layer: `x` [n, rows] times the kernel [rows, cols] plus the bias [cols]. Where
 * {@linkcode collectDenseGradients} runs, the kernel's gradient is left to it, and tfjs has none.
 */
export function denseProduct(x: Tensor, kernel: Variable, bias: Variable): Tensor {
  const gradients = collected;
  if (gradients === undefined) return addBias(tf.matMul(x, kernel), bias);
  // The bias is an input, and with it the layer on tfjs's way back even where x does not depend on any variable.
  return tf.customGrad((x, bias, save) => {
    (save as tf.GradSaveFunc)([x as Tensor]);
    return {
      value: tf.add(tf.matMul(x as Tensor, kernel), bias as Tensor),
      gradFunc: (dy: Tensor, [x]: Tensor[]) => {
        const known = gradients.get(kernel) ?? [];
        gradients.set(kernel, [...known, { x: tf.keep(tf.clone(x)), dy: tf.keep(tf.clone(dy)) }]);
        return [tf.matMul(dy, kernel, false, true), columnSums(dy)];
      },
    };
  })(x, bias);
}

/**
 * Runs `backward`, a computation of gradients, with the gradients of dense kernels kept apart, and passes
 * `use` its result and them: one a use of the kernel in the network. They are freed afterwards.
 */
export function collectDenseGradients<T>(
  backward: () => T,
  use: (result: T, dense: ReadonlyMap<Variable, readonly DenseGradient[]>) => void,
): void {
  const outer = collected;
  const dense = new Map<Variable, DenseGradient[]>();
  try {
    collected = dense;
    const result = backward();
    collected = outer;
    use(result, dense);
  } finally {
    collected = outer;
    for (const { x, dy } of [...dense.values()].flat()) tf.dispose([x, dy]);
  }
}
