import type { Random } from "../numeric/random.ts";
import type { Tensor } from "./tensor.ts";
import type { VariableSet } from "./variable_set.ts";

/** What a network computes from a batch. */
export interface NetworkOutput {
  /** Values of the layer that serves as an embedding [n, features]. */
  readonly features: Tensor;
  /** Unnormalised log-probabilities of the classes [n, nClasses]: the input of the softmax. */
  readonly logits: Tensor;
}

/**
 * A classifier network: plain functions on tfjs operations over named variables, so that it stays
 * small where it is deployed. {@linkcode trainClassifier} trains it, {@linkcode predictNetwork}
 * evaluates it.
 */
export interface Network {
  /** Numbers in one row of input. */
  readonly inputSize: number;
  /** Numbers in one row of {@linkcode NetworkOutput.features}. */
  readonly featureSize: number;
  /** Number of classes. */
  readonly nClasses: number;
  /** Weights and moving statistics. */
  readonly variables: VariableSet;

  /**
   * Computes a batch. Call it inside `tf.tidy`.
   *
   * @param x The batch [n, inputSize].
   * @param random Given when training: the source of dropout masks; batch normalisation then uses the
   * batch's own statistics and updates the moving ones. Left out when predicting.
   */
  forward(x: Tensor, random?: Random): NetworkOutput;

  /** Frees the variables. */
  dispose(): void;
}
