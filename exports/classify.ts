/**
 * Classifiers that learn from rows of features, as scikit-learn has them, and small networks.
 *
 * @example
 * ```ts
 * import { Lda, Matrix } from "emofuse/classify";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [8], [9]]);
 * const model = new Lda();
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 1, 1));
 * ```
 *
 * @module
 */

export * from "../src/classify/classifier.ts";
export { Attention, type AttentionOptions } from "../src/classify/networks/attention.ts";
export type { SequenceAugmentation } from "../src/classify/networks/augment_sequences.ts";
export { Cnn1d } from "../src/classify/networks/cnn1d.ts";
export { Cnn2d, type Cnn2dClassifierOptions } from "../src/classify/networks/cnn2d.ts";
export { ConvergenceError } from "../src/numeric/convergence_error.ts";
export { Ensemble, type EnsembleOptions } from "../src/classify/ensemble.ts";
export { FaceHead } from "../src/classify/networks/face_head.ts";
export { FitError } from "../src/numeric/fit_error.ts";
export { NotFittedError } from "../src/classify/fit_input.ts";
export * from "../src/classify/gaussian_nb.ts";
export * from "../src/classify/grid_search.ts";
export * from "../src/classify/linear/lda.ts";
export { LinearClassifier, type LinearModel } from "../src/classify/linear/linear_classifier.ts";
export * from "../src/classify/linear/logistic_regression.ts";
export { Mlp, type MlpClassifierOptions } from "../src/classify/networks/mlp.ts";
export type { SequencePart } from "../src/classify/networks/sequence_part.ts";
export { ModelStateError, type SavedModel, StateReader } from "../src/classify/model_state.ts";
export {
  type EarlyStoppingOptions,
  NetworkClassifier,
  type NetworkClassifierOptions,
} from "../src/classify/networks/network_classifier.ts";
export * from "../src/classify/registry.ts";
export * from "../src/classify/scaled_classifier.ts";
export * from "../src/classify/speaker_normaliser.ts";
export type { GridScore } from "../src/classify/score_grid.ts";
export { StandardScaler } from "../src/classify/standard_scaler.ts";
export * from "../src/classify/svm/svm.ts";
export type { BlockValues, ClassBlocks } from "../src/classify/svm/class_blocks.ts";
export type { PairKernels } from "../src/classify/svm/pair_kernels.ts";
export * from "../src/nn/backend.ts";
export * from "../src/nn/wasm_source.ts";
export * from "../src/numeric/matrix.ts";
export type { Network, NetworkOutput } from "../src/nn/network.ts";
export { Random } from "../src/numeric/random.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type SafetensorsOptions,
  type TensorArray,
  type TensorData,
  type TensorMap,
} from "../src/numeric/safetensors.ts";
export type { Tensor, Variable } from "../src/nn/tensor.ts";
export type { LabelledRows, RowSource } from "../src/nn/row_source.ts";
export type { ValidationResult } from "../src/nn/early_stopping.ts";
export { type EpochResult, TrainingError } from "../src/nn/train.ts";
export type { VariableSet } from "../src/nn/variable_set.ts";
export type { Modality } from "../src/modality.ts";
export type { MODALITIES } from "../src/modality.ts";
