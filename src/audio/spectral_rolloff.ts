import { checkNumber } from "./check_option.ts";
import type { Dsp } from "./dsp.ts";
import type { FrameValues } from "./framing.ts";
import { checkSampleRate } from "./mel_options.ts";
import { resolveSpectralInput, type SpectralInput } from "./spectral_input.ts";
import type { StftOptions } from "./stft_options.ts";

/** Settings of {@linkcode spectralRolloff}. */
export interface SpectralRolloffOptions extends StftOptions {
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** The share of the magnitudes, between 0 and 1. Default: 0.85. */
  readonly rollPercent?: number;
}

/**
 * Spectral roll-off of each frame in Hz, as `librosa.feature.spectral_rolloff`: the frequency of the
 * lowest bin at which the magnitudes, summed from bin 0 on, reach the share `rollPercent` of their
 * total; 0 for silence.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { spectralRolloff } from "./spectral_rolloff.ts";
 * import assert from "node:assert/strict";
 *
 * // The spectrum of an impulse is flat.
 * const impulse = new Float32Array(2048);
 * impulse[1024] = 1;
 * const { data } = spectralRolloff(await loadDsp(), impulse, { sampleRate: 8000, center: false });
 * assert.ok(Math.abs(data[0] - 0.85 * 4000) < 8);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too many, too few for one frame that is not centred,
 * or one is not a usable number; or if the spectrogram is not one, or has a negative value.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others, or says how to make
 * a spectrogram that is there already.
 */
export function spectralRolloff(
  dsp: Dsp,
  input: SpectralInput,
  options: SpectralRolloffOptions,
): FrameValues {
  const { sampleRate, rollPercent = 0.85 } = options;
  checkSampleRate(sampleRate);
  const between = rollPercent > 0 && rollPercent < 1;
  checkNumber("rollPercent", rollPercent, between, "between 0 and 1");
  const spectra = resolveSpectralInput(dsp, input, options);
  const { nFft, nFrames } = spectra;
  const width = sampleRate / nFft;
  const data = spectra.run(1, (wasm, at) => wasm.runRolloff(at, width, rollPercent));
  return { data, nFrames };
}
