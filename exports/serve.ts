/**
 * The HTTP endpoint, as an app of the Fetch API that any runtime can serve.
 *
 * @example
 * ```ts
 * import { serveLimits } from "emofuse/serve";
 * import assert from "node:assert/strict";
 *
 * assert.equal(serveLimits().concurrency, 1);
 * ```
 *
 * @module
 */

export type { AccessOptions } from "../src/serve/access/access.ts";
export type { Asset, Assets } from "../src/serve/assets.ts";
export * from "../src/serve/create_app.ts";
export { InlineRunner } from "../src/serve/inline_runner.ts";
export * from "../src/serve/limits.ts";
export * from "../src/serve/problem.ts";
export * from "../src/serve/runner.ts";
export type { Upload, UploadPart } from "../src/serve/upload.ts";
export type { StreamOptions } from "../src/recognize/recognizer.ts";
export type { ClipInput } from "../src/recognize/clip_input.ts";
export type { TimedPrediction } from "../src/recognize/prediction.ts";
export type { Prediction } from "../src/recognize/prediction.ts";
export type { PredictionOptions } from "../src/recognize/recognizer.ts";
export type { ModelCard } from "../src/recognize/bundle/model_card.ts";
export type { Enrolment } from "../src/recognize/enrol/enrolment.ts";
export type { ProtocolCard } from "../src/recognize/bundle/model_card.ts";
export type { LicenceCard } from "../src/recognize/bundle/model_card.ts";
export type { FusionCard } from "../src/recognize/bundle/model_card.ts";
export type { ENROLMENT_SCHEMA } from "../src/recognize/enrol/enrolment.ts";
export type { CorpusCard } from "../src/recognize/bundle/model_card.ts";
export type { LandmarkCard } from "../src/recognize/bundle/model_card.ts";
export type { VideoCard } from "../src/recognize/bundle/model_card.ts";
export type { CalibrationCard } from "../src/recognize/bundle/model_card.ts";
export type { RoundingCard } from "../src/recognize/bundle/model_card.ts";
export type { EnrolledModality } from "../src/recognize/enrol/enrolment.ts";
export type { AudioCard } from "../src/recognize/bundle/model_card.ts";
export type { BundleDtype } from "../src/recognize/bundle/model_card.ts";
export type { CARD_SCHEMA } from "../src/recognize/bundle/model_card.ts";
export type { Modality } from "../src/modality.ts";
export type { Matrix } from "../src/numeric/matrix.ts";
export type { EmbeddingInput } from "../src/recognize/clip_input.ts";
export type { LandmarkInput } from "../src/recognize/clip_input.ts";
export type { FrameInput } from "../src/recognize/clip_input.ts";
export type { NetworkCard } from "../src/recognize/bundle/model_card.ts";
export type { PartCard } from "../src/recognize/bundle/model_card.ts";
export type { BackboneCard } from "../src/recognize/bundle/model_card.ts";
export type { ProtocolRow } from "../src/recognize/bundle/model_card.ts";
export type { MODALITIES } from "../src/modality.ts";
export type { Seen } from "../src/modality.ts";
export type { FaceReport } from "../src/vision/faces/face_report.ts";
export type { Probabilities } from "../src/recognize/prediction.ts";
export type { QualityFlag } from "../src/recognize/prediction.ts";
export type { FaceFlag } from "../src/recognize/prediction.ts";
export type { Flaw } from "../src/recognize/prediction.ts";
