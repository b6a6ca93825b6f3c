import type * as tf from "@tensorflow/tfjs";

/** A tfjs tensor of any rank. */
export type Tensor = tf.Tensor;

/** A tfjs variable: a tensor whose value training changes. */
export type Variable = tf.Variable;
