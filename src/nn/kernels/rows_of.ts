import * as tf from "@tensorflow/tfjs";

/**
 * A tensor as a matrix: how many rows there are of its last dimension, and how long they are.
 *
 * @internal
 */
export function rowsOf(
  { shape }: Pick<tf.TensorInfo, "shape">,
): [rows: number, cols: number] {
  const cols = shape[shape.length - 1];
  return [cols === 0 ? 0 : tf.util.sizeFromShape(shape) / cols, cols];
}
