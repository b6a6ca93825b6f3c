import { activeFrames } from "./active_frames.ts";
import { checkInteger } from "./check_option.ts";
import type { Dsp } from "./dsp.ts";
import { checkSampleRate } from "./mel_options.ts";
import { melSpectrogram } from "./mel_spectrogram.ts";
import { powerToDb } from "./power_to_db.ts";

/** Settings of {@linkcode logMel}. */
export interface LogMelOptions {
  /** Samples a second, in Hz: from 8000 to 200000. */
  readonly sampleRate: number;
  /**
   * Number of mel bands, at most 512.
   *
   * @default {64}
   */
  readonly nMels?: number;
  /**
   * Number of frames of the result, 50 of them a second.
   *
   * @default {128}
   */
  readonly nFrames?: number;
}

/** A picture of a voice. */
export interface LogMel {
  /** Levels in dB, [nFrames, nMels] row by row: first all bands of the first frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of frames (rows). */
  readonly nFrames: number;
  /** Number of bands (columns). */
  readonly nMels: number;
  /** Time of the first frame's middle in the samples, in seconds; below 0 where it lies before them. */
  readonly start: number;
}

/** Frames a second of {@linkcode logMel}. */
export const LOG_MEL_FRAME_RATE = 50;

/** Seconds of a window. */
const WINDOW = 0.032;
/** Levels further below the loudest than this, in dB, tell more of the room than of the voice. */
const RANGE = 60;

/**
 * Log-mel spectrogram of a voice with a fixed number of frames, as 2-D networks take it: the middle
 * `nFrames` frames of what lies between the first sound and the last (sounds being within 30 dB of the
 * loudest frame). Levels span 60 dB at most; the frames that a shorter sound leaves free have the
 * least of them, in equal parts before and after. Windows are 32 ms long, 20 ms apart.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { logMel } from "./log_mel.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 16000 }, (_, t) => Math.sin(0.3 * t));
 * const { data, nFrames, nMels } = logMel(await loadDsp(), tone, { sampleRate: 8000 });
 * assert.deepEqual([nFrames, nMels, data.length], [128, 64, 8192]);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible.
 */
export function logMel(dsp: Dsp, samples: Float32Array, options: LogMelOptions): LogMel {
  const { sampleRate, nMels = 64, nFrames = 128 } = options;
  checkSampleRate(sampleRate);
  checkInteger("nFrames", nFrames, 1, 65536);
  const hopLength = Math.round(sampleRate / LOG_MEL_FRAME_RATE);
  const winLength = Math.round(sampleRate * WINDOW);
  const nFft = 2 ** Math.ceil(Math.log2(winLength));
  const mel = melSpectrogram(dsp, samples, { sampleRate, nMels, nFft, winLength, hopLength });
  const levels = powerToDb(dsp, mel.data, { topDb: RANGE });
  const { active: [from, to] } = activeFrames(dsp, samples, { frameLength: winLength, hopLength });

  const least = levels.reduce((a, b) => Math.max(a, b)) - RANGE;
  const data = new Float32Array(nFrames * nMels).fill(least);
  const shift = Math.floor((nFrames - (to - from)) / 2) - from;
  for (let t = Math.max(from, -shift); t < Math.min(to, nFrames - shift); t++) {
    for (let band = 0; band < nMels; band++) {
      data[(t + shift) * nMels + band] = levels[band * mel.nFrames + t];
    }
  }
  return { data, nFrames, nMels, start: -shift * hopLength / sampleRate };
}
