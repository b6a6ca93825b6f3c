/**
 * Feature sets: what is computed of a clip before anything is learned.
 *
 * @example
 * ```ts
 * import { featureSet } from "emofuse/features";
 * import assert from "node:assert/strict";
 *
 * assert.equal(featureSet("voice").modality, "audio");
 * ```
 *
 * @module
 */

export * from "../src/features/feature_set.ts";
export type { Ear, EarInfo, EarInput } from "../models/ear.ts";
export type { FrameHead } from "../src/features/frame_head.ts";
export * from "../src/features/needs.ts";
export {
  featureSet,
  type FeatureSetOfModality,
  featureSets,
  featureSetsOf,
  registerFeatureSet,
} from "../src/features/registry.ts";
export {
  MODALITIES as USED_MODALITIES,
  modalitiesOf,
  type RunModality,
  type Seen,
} from "../src/modality.ts";
export * from "../src/numeric/matrix.ts";
export type { Dsp } from "../src/audio/dsp.ts";
export type { LandmarkTrack } from "../src/vision/landmarks/landmark_track.ts";
export type { Modality } from "../src/modality.ts";
export type { DspArray } from "../src/audio/dsp.ts";
export type { DspExports } from "../src/audio/dsp_exports.ts";
export type { MODALITIES } from "../src/modality.ts";
