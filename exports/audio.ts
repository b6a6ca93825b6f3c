/**
 * Sound: MFCC, mel spectra, FFT, pitch and what else librosa computes, in WebAssembly with SIMD; and
 * where speech is in a recording.
 *
 * @example
 * ```ts
 * import { loadDsp, mfcc } from "emofuse/audio";
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

export { dct, type DctNorm, type DctOptions } from "../src/audio/dct.ts";
export * from "../src/audio/delta.ts";
export * from "../src/audio/dsp.ts";
export type { DspExports } from "../src/audio/dsp_exports.ts";
export * from "../src/audio/errors.ts";
export type { Extension } from "../src/audio/extension.ts";
export type { FrameValues, FramingOptions } from "../src/audio/framing.ts";
export * from "../src/nn/has_relaxed_simd.ts";
export * from "../src/audio/join_mfcc_frames.ts";
export * from "../src/audio/load_dsp.ts";
export * from "../src/audio/mel_filter_bank.ts";
export type { MelNorm, MelOptions, MelScale } from "../src/audio/mel_options.ts";
export * from "../src/audio/mel_spectrogram.ts";
export * from "../src/audio/mfcc.ts";
export * from "../src/audio/mfcc_batch.ts";
export * from "../src/audio/mfcc_options.ts";
export * from "../src/audio/mfcc_stream.ts";
export * from "../src/audio/power_to_db.ts";
export * from "../src/audio/preemphasis.ts";
export * from "../src/audio/resample.ts";
export {
  RESAMPLE_QUALITIES,
  type ResampleFilter,
  type ResampleOptions,
  type ResampleQuality,
} from "../src/audio/resample_options.ts";
export * from "../src/audio/rfft.ts";
export * from "../src/audio/rms.ts";
export * from "../src/audio/spectral_bandwidth.ts";
export * from "../src/audio/spectral_centroid.ts";
export * from "../src/audio/spectral_contrast.ts";
export * from "../src/audio/spectral_flatness.ts";
export * from "../src/audio/spectral_rolloff.ts";
export type { SpectralInput } from "../src/audio/spectral_input.ts";
export * from "../src/audio/spectrogram.ts";
export * from "../src/audio/stft.ts";
export type { StftOptions, StftPadMode, WindowName } from "../src/audio/stft_options.ts";
export * from "../src/audio/streaming_mfcc.ts";
export * from "../src/audio/streaming_resampler.ts";
export * from "../src/audio/usable_sound.ts";
export * from "../src/audio/yin.ts";
export * from "../src/audio/zero_crossing_rate.ts";
export { SileroVad, VAD_RATE, type VadState } from "../models/silero/silero_vad.ts";
export * from "../src/segment/speech_probabilities.ts";
export * from "../src/segment/speech_segments.ts";
export * from "../src/audio/log_mel.ts";
export * from "../src/audio/voice_statistics.ts";
export * from "../src/nn/wasm_source.ts";
export type { VoiceOptions } from "../src/audio/voice_contours.ts";
