import { checkSamples } from "./check_samples.ts";
import type { Dsp, DspArray } from "./dsp.ts";
import type { DspExports } from "./dsp_exports.ts";
import { AudioInputError, AudioOptionError } from "./errors.ts";
import type { Spectrogram } from "./spectrogram_rows.ts";
import {
  checkStftLength,
  resolveStftOptions,
  stftArguments,
  type StftOptions,
} from "./stft_options.ts";

/**
 * What a feature of spectral shape is computed from: mono samples, or their spectrogram of magnitudes
 * (`power` 1), which several features can share.
 */
export type SpectralInput = Float32Array | Spectrogram;

/** The spectrum at hand: its shape, and a way to compute with it in the core. */
export interface Spectra {
  /** Samples of the Fourier transform. */
  readonly nFft: number;
  /** Number of bins. */
  readonly nBins: number;
  /** Number of frames. */
  readonly nFrames: number;
  /** Calls `compute` with the address of the magnitudes and returns `rows` numbers a frame. */
  run(
    rows: number,
    compute: (wasm: DspExports, magnitudes: number) => number,
  ): Float32Array<ArrayBuffer>;
}

/** Options that say how a spectrogram is made. */
const STFT_OPTIONS = ["nFft", "hopLength", "winLength", "window", "center", "padMode"] as const;

/**
 * Makes sure that a feature can be computed from `input`.
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number; or if the spectrogram is not one, or has a negative value.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others, or says how to make
 * a spectrogram that is there already.
 */
export function resolveSpectralInput(
  dsp: Dsp,
  input: SpectralInput,
  options: StftOptions,
): Spectra {
  return isSamples(input)
    ? spectraOfSamples(dsp, input, options)
    : spectraOfRows(dsp, input, options);
}

/** Whatever is no object can be no spectrogram: it is checked, and named, as samples. */
function isSamples(input: SpectralInput): input is Float32Array {
  return input instanceof Float32Array || typeof input !== "object" || input === null ||
    !("nBins" in input);
}

function spectraOfSamples(dsp: Dsp, samples: Float32Array, options: StftOptions): Spectra {
  const settings = resolveStftOptions(options, 512);
  checkSamples(samples);
  const { nFft, hopLength, center } = settings;
  const nBins = 1 + nFft / 2;
  const nFrames = 1 + Math.floor((samples.length - (center ? 0 : nFft)) / hopLength);
  return {
    nFft,
    nBins,
    nFrames,
    run(rows, compute) {
      checkStftLength(samples.length, settings, 2 * rows);
      const plan = dsp.plan(
        JSON.stringify(["stft", settings]),
        (wasm) => wasm.createStft64(...stftArguments(settings)),
      );
      return dsp.run(samples, (wasm, at): DspArray => ({
        at: compute(wasm, wasm.magnitudesOfSignal(plan, at, samples.length)),
        length: rows * nFrames,
      }));
    },
  };
}

function spectraOfRows(dsp: Dsp, input: Spectrogram, options: StftOptions): Spectra {
  for (const option of STFT_OPTIONS) {
    if (options[option] === undefined) continue;
    throw new AudioOptionError(
      option,
      options[option],
      "left out: the spectrogram is made already",
    );
  }
  const { data, nBins, nFrames } = input;
  checkSamples(data);
  if (!Number.isInteger(nBins) || nBins < 2 || nBins * nFrames !== data.length) {
    throw new AudioInputError(
      `a spectrogram of ${nBins} bins and ${nFrames} frames cannot have ${data.length} values`,
    );
  }
  for (let k = 0; k < data.length; k++) {
    if (data[k] < 0) {
      throw new AudioInputError(
        `value ${k} of the spectrogram is ${data[k]}: magnitudes are not negative`,
      );
    }
  }
  return {
    nFft: 2 * (nBins - 1),
    nBins,
    nFrames,
    run: (rows, compute) =>
      dsp.run(data, (wasm, at): DspArray => ({
        at: compute(wasm, wasm.magnitudesOfRows(at, nBins, nFrames)),
        length: rows * nFrames,
      })),
  };
}
