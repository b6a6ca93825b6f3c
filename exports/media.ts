/**
 * Clips decoded to samples and frames: by ffmpeg.wasm in a worker, or by the ffmpeg of the machine.
 *
 * @example
 * ```ts
 * import { createDecoder } from "emofuse/media";
 * import assert from "node:assert/strict";
 *
 * const decoder = await createDecoder("wasm");
 * assert.match(decoder.version, /ffmpeg/);
 * await decoder.close();
 * ```
 *
 * @module
 */

export * from "../src/media/create_decoder.ts";
export type { TakeFrames } from "../src/media/tracks/frame_relay.ts";
export type { TakeSamples } from "../src/media/tracks/sound_intake.ts";
export type { DecodePlan } from "../src/media/decode_plan.ts";
export type { DecodeOptions } from "../src/media/decode_options.ts";
export * from "../src/media/decoder.ts";
export type { DecoderName } from "../src/media/decoder_name.ts";
export type { DecoderOptions } from "../src/media/decoder_options.ts";
export type { TrackName, TrackProblem } from "../src/media/diagnose.ts";
export type { Orientation } from "../src/media/display.ts";
export {
  type ClipFormat,
  type ClipSource,
  encodeClip,
  type EncodeOptions,
} from "../src/media/encode_clip.ts";
export * from "../src/media/media_error.ts";
export { NativeDecoderError } from "../src/media/native_decoder.ts";
export * from "../src/media/pad.ts";
export type { Probe, ProbedPicture, ProbedSound, ProbedTrack } from "../src/media/probe.ts";
