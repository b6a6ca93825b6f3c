/**
 * Faces: networks that embed them, landmarks and their statistics.
 *
 * @example
 * ```ts
 * import { fillGaps, LANDMARK_STATISTICS, landmarkStatistics } from "emofuse/vision";
 * import assert from "node:assert/strict";
 *
 * // A still face: 68 points on a spiral, on two frames.
 * const face = Array.from({ length: 68 }, (_, i) => [i * Math.cos(i), i * Math.sin(i)]).flat();
 * const points = Float32Array.from([...face, ...face]);
 * const track = fillGaps(points, Float64Array.of(0, 1), Uint8Array.of(1, 1))!;
 * assert.equal(landmarkStatistics(track).length, LANDMARK_STATISTICS.length);
 * ```
 *
 * @module
 */

export type { Backbone, BackboneInfo, FrameShape } from "../models/backbone.ts";
export type { Box, FaceDetection } from "../models/face_detector.ts";
export * from "../models/registry.ts";
export * from "../models/weights_error.ts";
export { WorkerJobError } from "../src/runtime/worker_pool.ts";
export type { CropInfo, CropOptions } from "../src/vision/crop_faces.ts";
export type { FaceReport } from "../src/vision/faces/face_report.ts";
export type { FrameEmbeddings } from "../src/vision/embed_frames.ts";
export * from "../src/vision/embed_pool.ts";
export * from "../src/vision/landmarks/fill_gaps.ts";
export * from "../src/vision/landmarks/landmark_sequence.ts";
export * from "../src/vision/landmarks/landmark_statistics.ts";
export * from "../src/vision/landmarks/landmark_track.ts";
export * from "../src/vision/landmarks/landmarks_error.ts";
export * from "../src/vision/landmarks/read_landmarks.ts";
export * from "../src/vision/load_backbone.ts";
export * from "../src/nn/backend.ts";
export * from "../src/nn/wasm_source.ts";
