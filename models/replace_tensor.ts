import type * as tf from "@tensorflow/tfjs";

/**
 * Makes the next tensor from `tensor`, then frees `tensor`. In a chain of layers only two activations
 * are then alive at a time; `tf.tidy` alone would keep them all until the end.
 */
export function replaceTensor<In extends tf.Tensor, Out extends tf.Tensor>(
  tensor: In,
  next: (tensor: In) => Out,
): Out {
  const result = next(tensor);
  tensor.dispose();
  return result;
}
