import { checkNumber } from "./check_option.ts";
import type { Dsp } from "./dsp.ts";
import type { FrameValues } from "./framing.ts";
import { resolveSpectralInput, type SpectralInput } from "./spectral_input.ts";
import type { StftOptions } from "./stft_options.ts";

/** Settings of {@linkcode spectralFlatness}. */
export interface SpectralFlatnessOptions extends StftOptions {
  /** The least value told apart from silence, from 1.2e-38 to 1. Default: 1e-10. */
  readonly amin?: number;
  /** The power to which magnitudes are raised, at most 2. Default: 2. */
  readonly power?: number;
}

/** The smallest normal f32: below it the core knows no logarithm. */
const SMALLEST_NORMAL = 2 ** -126;

/**
 * Spectral flatness of each frame, as `librosa.feature.spectral_flatness`: the geometric mean of
 * s[k] = max(amin, |X[k]|^power) over their arithmetic mean, from 0 for a tone to 1 for a flat spectrum
 * and for silence (S. Dubnov, IEEE Signal Processing Letters 11(8), 2004).
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { spectralFlatness } from "./spectral_flatness.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(0.3 * t));
 * assert.ok(spectralFlatness(dsp, tone).data[8] < 1e-6);
 * assert.ok(spectralFlatness(dsp, new Float32Array(8000)).data[8] > 0.999);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number; or if the spectrogram is not one, or has a negative value.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others, or says how to make
 * a spectrogram that is there already.
 */
export function spectralFlatness(
  dsp: Dsp,
  input: SpectralInput,
  options: SpectralFlatnessOptions = {},
): FrameValues {
  const { amin = 1e-10, power = 2 } = options;
  checkNumber("amin", amin, amin >= SMALLEST_NORMAL && amin <= 1, `from ${SMALLEST_NORMAL} to 1`);
  checkNumber("power", power, power > 0 && power <= 2, "greater than 0 and at most 2");
  const spectra = resolveSpectralInput(dsp, input, options);
  const data = spectra.run(1, (wasm, magnitudes) => wasm.runFlatness(magnitudes, power, amin));
  return { data, nFrames: spectra.nFrames };
}
