/**
 * Emofuse recognises emotion from a face and a voice together.
 *
 * This module is the public API: re-exports only. The pipeline is usually run by `deno task run`; here
 * are its parts for programs of your own.
 *
 * @example
 * ```ts
 * import { loadDsp, mfcc } from "./mod.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const fourSeconds = Float32Array.from({ length: 32000 }, (_, t) => Math.sin(0.3 * t));
 * const { nMfcc, nFrames } = mfcc(dsp, fourSeconds, { sampleRate: 8000 });
 * assert.deepEqual([nMfcc, nFrames], [40, 63]);
 * ```
 *
 * @module
 */

// Corpus
export type { Clip, ClipPart, ClipSpan, ClipTracks, SkippedFile } from "./src/corpus/clip.ts";
export type {
  ClipFilterOption,
  Corpus,
  CorpusCardTexts,
  CountedAttribute,
  FoldPreset,
  ReadClips,
} from "./src/corpus/corpus.ts";
export * from "./src/corpus/corpus_error.ts";
export * from "./src/corpus/filter.ts";
export * from "./src/corpus/parse/flag_value_error.ts";
export * from "./src/corpus/label_maps/label_map.ts";
export { LABEL_MAPS } from "./src/corpus/label_maps/registry.ts";
export type { ListChoice } from "./src/corpus/manifest/list_choice.ts";
export type { OldNames } from "./src/corpus/old_names.ts";
export * from "./src/corpus/ravdess/fields.ts";
export {
  formatRavdessName,
  parseRavdessName,
  performanceId,
  RavdessNameError,
} from "./src/corpus/ravdess/name.ts";
export * from "./src/corpus/ravdess/ravdess.ts";
export * from "./src/corpus/registry.ts";
export * from "./src/corpus/scan.ts";
export * from "./src/corpus/scan_folders.ts";
export { type CorpusWords, GENERAL_WORDS, type Noun } from "./src/corpus/words.ts";

// Media
export * from "./src/media/create_decoder.ts";
export type { TakeFrames } from "./src/media/tracks/frame_relay.ts";
export type { TakeSamples } from "./src/media/tracks/sound_intake.ts";
export type { DecodePlan } from "./src/media/decode_plan.ts";
export type { DecodeOptions } from "./src/media/decode_options.ts";
export * from "./src/media/decoder.ts";
export type { DecoderName } from "./src/media/decoder_name.ts";
export type { DecoderOptions } from "./src/media/decoder_options.ts";
export type { TrackName, TrackProblem } from "./src/media/diagnose.ts";
export type { Orientation } from "./src/media/display.ts";
export * from "./src/media/media_error.ts";
export { NativeDecoderError } from "./src/media/native_decoder.ts";
export * from "./src/media/pad.ts";
export type { Probe, ProbedPicture, ProbedSound, ProbedTrack } from "./src/media/probe.ts";

// Audio
export { dct, type DctNorm, type DctOptions } from "./src/audio/dct.ts";
export * from "./src/audio/delta.ts";
export * from "./src/audio/dsp.ts";
export type { DspExports } from "./src/audio/dsp_exports.ts";
export * from "./src/audio/errors.ts";
export type { Extension } from "./src/audio/extension.ts";
export type { FrameValues, FramingOptions } from "./src/audio/framing.ts";
export * from "./src/nn/has_relaxed_simd.ts";
export * from "./src/audio/join_mfcc_frames.ts";
export * from "./src/audio/load_dsp.ts";
export * from "./src/audio/mel_filter_bank.ts";
export type { MelNorm, MelOptions, MelScale } from "./src/audio/mel_options.ts";
export * from "./src/audio/mel_spectrogram.ts";
export * from "./src/audio/mfcc.ts";
export * from "./src/audio/mfcc_batch.ts";
export * from "./src/audio/mfcc_options.ts";
export * from "./src/audio/mfcc_stream.ts";
export * from "./src/audio/power_to_db.ts";
export * from "./src/audio/preemphasis.ts";
export * from "./src/audio/resample.ts";
export {
  RESAMPLE_QUALITIES,
  type ResampleFilter,
  type ResampleOptions,
  type ResampleQuality,
} from "./src/audio/resample_options.ts";
export * from "./src/audio/rfft.ts";
export * from "./src/audio/rms.ts";
export * from "./src/audio/spectral_bandwidth.ts";
export * from "./src/audio/spectral_centroid.ts";
export * from "./src/audio/spectral_contrast.ts";
export * from "./src/audio/spectral_flatness.ts";
export * from "./src/audio/spectral_rolloff.ts";
export type { SpectralInput } from "./src/audio/spectral_input.ts";
export * from "./src/audio/spectrogram.ts";
export * from "./src/audio/stft.ts";
export type { StftOptions, StftPadMode, WindowName } from "./src/audio/stft_options.ts";
export * from "./src/audio/streaming_mfcc.ts";
export * from "./src/audio/streaming_resampler.ts";
export * from "./src/audio/usable_sound.ts";
export * from "./src/audio/yin.ts";
export * from "./src/audio/zero_crossing_rate.ts";

// Speech in long recordings
export { SileroVad, VAD_RATE, type VadState } from "./models/silero/silero_vad.ts";
export * from "./src/segment/speech_probabilities.ts";
export * from "./src/segment/speech_segments.ts";

// Vision
export type { Backbone, BackboneInfo, FrameShape } from "./models/backbone.ts";
export type { Box, FaceDetection } from "./models/face_detector.ts";
export * from "./models/registry.ts";
export * from "./models/weights_error.ts";
export { WorkerJobError } from "./src/runtime/worker_pool.ts";
export type { CropInfo, CropOptions } from "./src/vision/crop_faces.ts";
export type { FaceReport } from "./src/vision/faces/face_report.ts";
export type { FrameEmbeddings } from "./src/vision/embed_frames.ts";
export * from "./src/vision/embed_pool.ts";
export * from "./src/vision/landmarks/fill_gaps.ts";
export * from "./src/vision/landmarks/landmark_sequence.ts";
export * from "./src/vision/landmarks/landmark_statistics.ts";
export * from "./src/vision/landmarks/landmark_track.ts";
export * from "./src/vision/landmarks/landmarks_error.ts";
export * from "./src/vision/landmarks/read_landmarks.ts";
export * from "./src/vision/load_backbone.ts";

// Networks
export * from "./src/nn/backend.ts";
export * from "./src/nn/wasm_source.ts";
export * from "./src/numeric/matrix.ts";
export type { Network, NetworkOutput } from "./src/nn/network.ts";
export { Random } from "./src/numeric/random.ts";
export {
  decodeSafetensors,
  encodeSafetensors,
  SafetensorsError,
  type SafetensorsOptions,
  type TensorArray,
  type TensorData,
  type TensorMap,
} from "./src/numeric/safetensors.ts";
export type { Tensor, Variable } from "./src/nn/tensor.ts";
export type { LabelledRows, RowSource } from "./src/nn/row_source.ts";
export type { ValidationResult } from "./src/nn/early_stopping.ts";
export { type EpochResult, TrainingError } from "./src/nn/train.ts";
export type { VariableSet } from "./src/nn/variable_set.ts";

// Classifiers and fusion
export * from "./src/classify/classifier.ts";
export { Attention, type AttentionOptions } from "./src/classify/networks/attention.ts";
export type { SequenceAugmentation } from "./src/classify/networks/augment_sequences.ts";
export { Cnn1d } from "./src/classify/networks/cnn1d.ts";
export { Cnn2d, type Cnn2dClassifierOptions } from "./src/classify/networks/cnn2d.ts";
export { ConvergenceError } from "./src/numeric/convergence_error.ts";
export { Ensemble, type EnsembleOptions } from "./src/classify/ensemble.ts";
export { FitError } from "./src/numeric/fit_error.ts";
export { NotFittedError } from "./src/classify/fit_input.ts";
export * from "./src/classify/gaussian_nb.ts";
export * from "./src/classify/grid_search.ts";
export * from "./src/classify/linear/lda.ts";
export { LinearClassifier, type LinearModel } from "./src/classify/linear/linear_classifier.ts";
export * from "./src/classify/linear/logistic_regression.ts";
export { Mlp, type MlpClassifierOptions } from "./src/classify/networks/mlp.ts";
export type { SequencePart } from "./src/classify/networks/sequence_part.ts";
export { ModelStateError, type SavedModel, StateReader } from "./src/classify/model_state.ts";
export {
  type EarlyStoppingOptions,
  NetworkClassifier,
  type NetworkClassifierOptions,
} from "./src/classify/networks/network_classifier.ts";
export * from "./src/classify/registry.ts";
export * from "./src/classify/scaled_classifier.ts";
export * from "./src/classify/speaker_normaliser.ts";
export type { GridScore } from "./src/classify/score_grid.ts";
export { StandardScaler } from "./src/classify/standard_scaler.ts";
export * from "./src/classify/svm/svm.ts";
export type { DecisionRule } from "./src/fusion/decision_rule.ts";
export { DECISION_RULE_MAKERS, type DecisionFusionName } from "./src/fusion/decision_rules.ts";
export type { LateRule } from "./src/fusion/late_rule.ts";
export * from "./src/fusion/registry.ts";

// Evaluation
export * from "./src/evaluate/accuracy.ts";
export * from "./src/evaluate/baseline_row.ts";
export * from "./src/evaluate/chance_baseline.ts";
export * from "./src/evaluate/class_counts.ts";
export type { ClassScores } from "./src/evaluate/class_scores.ts";
export * from "./src/evaluate/cluster_bootstrap.ts";
export type { BootstrapOptions } from "./src/evaluate/cluster_resamples.ts";
export * from "./src/evaluate/compare_rows.ts";
export * from "./src/evaluate/confidence/fit_temperature.ts";
export * from "./src/evaluate/confidence/risk_coverage.ts";
export * from "./src/evaluate/confidence/temper.ts";
export * from "./src/evaluate/confusion_matrix.ts";
export * from "./src/evaluate/count_statistics.ts";
export * from "./src/evaluate/expected_calibration_error.ts";
export * from "./src/evaluate/feature_map.ts";
export * from "./src/evaluate/find_fit_leaks.ts";
export * from "./src/evaluate/find_leaks.ts";
export * from "./src/evaluate/fit_ledger.ts";
export type { FitReads, Reads } from "./src/evaluate/fit_reads.ts";
export * from "./src/split/fold_plan.ts";
export * from "./src/evaluate/fold_samples.ts";
export { parseGivenFolds } from "./src/split/given_folds.ts";
export * from "./src/evaluate/holm.ts";
export * from "./src/evaluate/is_disclosed.ts";
export * from "./src/split/leak_error.ts";
export type { LeakId } from "./src/split/leak_id.ts";
export * from "./src/evaluate/log_loss.ts";
export * from "./src/evaluate/macro_f1.ts";
export * from "./src/evaluate/majority_baseline.ts";
export * from "./src/evaluate/mcnemar_exact.ts";
export * from "./src/evaluate/paired_bootstrap.ts";
export type { PairedDifference } from "./src/evaluate/paired_difference.ts";
export * from "./src/evaluate/precision_recall.ts";
export * from "./src/split/protocol.ts";
export * from "./src/split/protocol_error.ts";
export * from "./src/split/protocols/registry.ts";
export * from "./src/evaluate/refuse_leaks.ts";
export * from "./src/evaluate/roc_auc_ovr.ts";
export type { RowMetrics } from "./src/evaluate/row_metrics.ts";
export * from "./src/evaluate/sample_table.ts";
export * from "./src/evaluate/summarise_row.ts";
export * from "./src/evaluate/training_set.ts";
export * from "./src/evaluate/uar.ts";
export * from "./src/evaluate/wilson_interval.ts";

// Features
export * from "./src/features/feature_set.ts";
export type { Ear, EarInfo, EarInput } from "./models/ear.ts";
export type { FrameHead } from "./src/features/frame_head.ts";
export * from "./src/features/needs.ts";
export {
  featureSet,
  type FeatureSetOfModality,
  featureSets,
  featureSetsOf,
  registerFeatureSet,
} from "./src/features/registry.ts";
export {
  MODALITIES as USED_MODALITIES,
  modalitiesOf,
  type RunModality,
  type Seen,
} from "./src/modality.ts";

// Recogniser
export type { PictureShape } from "./src/recognize/picture_shape.ts";
export * from "./src/recognize/bundle/bundle.ts";
export * from "./src/recognize/bundle/bundle_error.ts";
export * from "./src/recognize/clip_input.ts";
export * from "./src/recognize/enrol/enrolment.ts";
export * from "./src/recognize/input_error.ts";
export * from "./src/recognize/load_classical_recognizer.ts";
export { loadDefaultRecognizer } from "./src/recognize/default/load_default_recognizer.ts";
export * from "./src/recognize/load_recognizer.ts";
export * from "./src/recognize/bundle/model_card.ts";
export * from "./src/recognize/prediction.ts";
export * from "./src/recognize/recognizer.ts";
export { UNCERTAIN } from "./src/recognize/sure/uncertain.ts";

// Endpoint
export type { AccessOptions } from "./src/serve/access/access.ts";
export type { Asset, Assets } from "./src/serve/assets.ts";
export * from "./src/serve/create_app.ts";
export { InlineRunner } from "./src/serve/inline_runner.ts";
export * from "./src/serve/limits.ts";
export * from "./src/serve/problem.ts";
export * from "./src/serve/runner.ts";
export type { Upload, UploadPart } from "./src/serve/upload.ts";

// Pipeline
export { ClassError } from "./src/pipeline/samples/classes.ts";
export * from "./src/pipeline/config.ts";
export * from "./src/pipeline/fold/normalisation.ts";
export { loadClassifier } from "./src/pipeline/fold/model_file.ts";
export type { Recipe, RecipePlan } from "./src/pipeline/recipes/recipe.ts";
export { RecipeError } from "./src/pipeline/recipes/recipe_error.ts";
export { findRecipe, recipes, registerRecipe } from "./src/pipeline/recipes/registry.ts";
export * from "./src/pipeline/run/missing/missing_modality.ts";
export * from "./src/pipeline/run/report_data.ts";
export * from "./src/pipeline/run/results.ts";
export * from "./src/pipeline/run/corpus_matrix.ts";
export * from "./src/pipeline/run/rated_groups.ts";
export * from "./src/evaluate/rate_groups.ts";
export * from "./src/corpus/group_values.ts";
export type { PeopleScores } from "./src/pipeline/run/rate_people.ts";
export type { VoteScores } from "./src/evaluate/rate_votes.ts";
export { runPipeline } from "./src/pipeline/run/run.ts";
export type { RunFiles, RunHooks } from "./src/pipeline/run/run_hooks.ts";
export { RunFolderError } from "./src/pipeline/run/run_folder.ts";
export { StoreError } from "./src/pipeline/extract/store.ts";
export * from "./src/report/csv/results_csv.ts";
export type { NamedRun } from "./src/report/named_run.ts";
export * from "./src/report/render_comparison.ts";
export * from "./src/report/render_report.ts";
export * from "./src/report/report_error.ts";
export * from "./src/report/table.ts";
export * from "./src/report/write_report.ts";
