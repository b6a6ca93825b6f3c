/**
 * Emofuse recognises emotion from a face and a voice together. This module is the recogniser, with the
 * model that comes with it; what it is made of is in `emofuse/audio`, `emofuse/vision`,
 * `emofuse/features`, `emofuse/classify`, `emofuse/fusion`, `emofuse/evaluate`, `emofuse/split`,
 * `emofuse/corpus`, `emofuse/media`, `emofuse/pipeline`, `emofuse/train` and `emofuse/serve`.
 *
 * @example
 * ```ts
 * import { loadDefaultRecognizer } from "emofuse";
 * import assert from "node:assert/strict";
 *
 * const recognizer = await loadDefaultRecognizer();
 * const samples = Float32Array.from({ length: 16000 }, (_, t) => Math.sin(t / 20) / 4); // a tone
 * const { label, probabilities, used } = recognizer.predict({ samples, sampleRate: 16000 });
 * assert(label in probabilities && used[0] === "audio");
 * recognizer.dispose();
 * ```
 *
 * @module
 */

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
export type { SavedModel } from "./src/classify/model_state.ts";
export type { MODALITIES } from "./src/modality.ts";
export type { Box, FaceDetection } from "./models/face_detector.ts";
export type { FaceReport } from "./src/vision/faces/face_report.ts";
export type { Seen } from "./src/modality.ts";
export type { WasmSource } from "./src/nn/wasm_source.ts";
export type { TensorMap } from "./src/numeric/safetensors.ts";
export type { TensorData } from "./src/numeric/safetensors.ts";
export type { TensorArray } from "./src/numeric/safetensors.ts";
