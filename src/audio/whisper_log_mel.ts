import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";

/** Samples a second that {@linkcode whisperLogMel} takes. */
export const WHISPER_SAMPLE_RATE = 16000;
/** Bands of {@linkcode whisperLogMel}. */
export const WHISPER_MELS = 80;

const N_FFT = 400;
const HOP = 160;
const BINS = N_FFT / 2 + 1;
/** N_FFT = ROWS x COLUMNS, the two steps of the transform. */
const ROWS = 16;
const COLUMNS = 25;

/** What Whisper hears of a sound. */
export interface WhisperLogMel {
  /** Scaled levels, [nFrames, 80] row by row: first all bands of the first frame. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of frames (rows): 100 a second. */
  readonly nFrames: number;
}

/**
 * Log-mel spectrogram as Whisper's encoder takes it (`log_mel_spectrogram` of openai/whisper, A. Radford et al.,
 * "Robust speech recognition via large-scale weak supervision", 2022): frames of 400 samples every 160, mirrored at
 * the ends, periodic Hann window, power, librosa's 80 Slaney filters, log10 of at least 1e-10, at most 8 below the
 * largest, (x + 4) / 4. The frame after the last whole hop is dropped. Here there are as many frames as the sound
 * has; Whisper itself fills it up with zeros to 30 s. The transform is computed in double precision.
 *
 * @param samples Mono samples at 16000 Hz.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { whisperLogMel } from "./whisper_log_mel.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 16000 }, (_, t) => Math.sin(0.3 * t));
 * const { data, nFrames } = whisperLogMel(await loadDsp(), tone);
 * assert.deepEqual([nFrames, data.length], [100, 8000]);
 * ```
 *
 * @throws {AudioInputError} If there are fewer than 201 samples, or one is not a usable number.
 */
export function whisperLogMel(dsp: Dsp, samples: Float32Array): WhisperLogMel {
  checkSamples(samples);
  if (samples.length <= N_FFT / 2) {
    throw new AudioInputError(
      `the sound has ${samples.length} samples: Whisper's frames need at least ${N_FFT / 2 + 1}`,
    );
  }
  const bands = melBands(dsp);
  const nFrames = Math.floor(samples.length / HOP);
  const data = new Float32Array(nFrames * WHISPER_MELS);
  const power = powerSpectra();
  let most = -Infinity;
  for (let t = 0; t < nFrames; t++) {
    const bins = power(samples, t * HOP - N_FFT / 2);
    for (let band = 0; band < WHISPER_MELS; band++) {
      const { first, weights } = bands[band];
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * bins[first + k];
      const level = Math.log10(Math.max(sum, 1e-10));
      data[t * WHISPER_MELS + band] = level;
      most = Math.max(most, level);
    }
  }
  for (let i = 0; i < data.length; i++) data[i] = (Math.max(data[i], most - 8) + 4) / 4;
  return { data, nFrames };
}

/** The bins of a mel filter that count. */
interface MelBand {
  readonly first: number;
  readonly weights: Float32Array;
}

/** The filters without the bins that they leave out, which are nearly all. */
function melBands(dsp: Dsp): MelBand[] {
  const filters = dsp.run(new Float32Array(0), (wasm) => ({
    at: wasm.melWeights(
      wasm.createMelBank(WHISPER_SAMPLE_RATE, N_FFT, WHISPER_MELS, 0, 8000, false, true),
      BINS,
    ),
    length: WHISPER_MELS * BINS,
  }));
  return Array.from({ length: WHISPER_MELS }, (_, band) => {
    const all = filters.subarray(band * BINS, (band + 1) * BINS);
    const first = all.findIndex((weight) => weight !== 0);
    return { first, weights: all.slice(first, all.findLastIndex((weight) => weight !== 0) + 1) };
  });
}

/**
 * A function that gives the power of the spectrum [201] of the windowed frame that begins at a sample, which may lie
 * before the first. Each call overwrites what the one before gave.
 *
 * 400 is no power of two: with n = 25 n1 + n2 and k = k1 + 16 k2, the transform is 25 transforms of 16 numbers, a
 * turn by n2 k1 / 400, and sums over n2 (J. W. Cooley and J. W. Tukey, Math. Comput. 19, 1965).
 */
function powerSpectra(): (samples: Float32Array, start: number) => Float64Array {
  const turns = Array.from({ length: N_FFT }, (_, i) => 2 * Math.PI * i / N_FFT);
  const [cosines, sines] = [Math.cos, Math.sin].map((wave) =>
    Float64Array.from(turns, (turn) => wave(turn))
  );
  const window = cosines.map((cosine) => 0.5 - 0.5 * cosine);
  // The numbers by which the loops below multiply, in their order: the turn of a sixteenth and the one by n2 k1 / 400 in
  // one, then that of a twenty-fifth.
  const inner = tabled(ROWS * COLUMNS * ROWS, (i) => {
    const [k1, n2, n1] = [Math.floor(i / N_FFT), Math.floor(i / ROWS) % COLUMNS, i % ROWS];
    return (COLUMNS * n1 + n2) * k1 % N_FFT;
  });
  const outer = tabled(
    Math.ceil(BINS / ROWS) * COLUMNS,
    (i) => i % COLUMNS * Math.floor(i / COLUMNS) * ROWS % N_FFT,
  );
  const frame = new Float64Array(N_FFT);
  const [real, imaginary] = [new Float64Array(N_FFT), new Float64Array(N_FFT)];
  const power = new Float64Array(BINS);

  function tabled(length: number, turn: (i: number) => number): [Float64Array, Float64Array] {
    const pick = (wave: Float64Array) => Float64Array.from({ length }, (_, i) => wave[turn(i)]);
    return [pick(cosines), pick(sines)];
  }

  return (samples, start) => {
    for (let n = 0; n < N_FFT; n++) {
      // As the first step reads it: the samples of a column side by side.
      frame[n % COLUMNS * ROWS + Math.floor(n / COLUMNS)] = window[n] *
        samples[mirrored(start + n, samples.length)];
    }
    const [innerCosines, innerSines] = inner;
    for (let at = 0; at < N_FFT; at++) {
      const column = at % COLUMNS * ROWS;
      let re = 0, im = 0;
      for (let n1 = 0; n1 < ROWS; n1++) {
        re += frame[column + n1] * innerCosines[at * ROWS + n1];
        im -= frame[column + n1] * innerSines[at * ROWS + n1];
      }
      real[at] = re;
      imaginary[at] = im;
    }
    const [outerCosines, outerSines] = outer;
    for (let k = 0; k < BINS; k++) {
      const row = k % ROWS * COLUMNS;
      const turns = Math.floor(k / ROWS) * COLUMNS;
      let re = 0, im = 0;
      for (let n2 = 0; n2 < COLUMNS; n2++) {
        const cosine = outerCosines[turns + n2], sine = outerSines[turns + n2];
        re += real[row + n2] * cosine + imaginary[row + n2] * sine;
        im += imaginary[row + n2] * cosine - real[row + n2] * sine;
      }
      power[k] = re * re + im * im;
    }
    return power;
  };
}

/** The index at which a signal of this length, mirrored about its first and last sample, has its sample `i`. */
function mirrored(i: number, length: number): number {
  const first = Math.abs(i);
  return first < length ? first : 2 * (length - 1) - first;
}
