import type { Dsp } from "./dsp.ts";
import { melArguments, type MelOptions, resolveMelOptions } from "./mel_options.ts";
import { resolveStftOptions } from "./stft_options.ts";

/** Settings of {@linkcode melFilterBank}. */
export interface MelFilterBankOptions extends MelOptions {
  /** Samples of the Fourier transform: a power of two from 64 to 8192. Default: 2048. */
  readonly nFft?: number;
}

/** Triangular filters that bring the bins of a spectrum to bands on the mel scale. */
export interface MelFilterBank {
  /** Weights, [nMels, nBins] row by row: first those of the lowest filter. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of filters (rows). */
  readonly nMels: number;
  /** Number of bins (columns): 1 + nFft / 2. */
  readonly nBins: number;
}

/**
 * Triangular filters, equally spaced and half overlapping on a mel scale, as `librosa.filters.mel`: the
 * matrix that turns a power spectrum into mel bands. librosa warns of filters without a bin; here
 * too their rows are 0.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { melFilterBank } from "./mel_filter_bank.ts";
 * import assert from "node:assert/strict";
 *
 * const bank = melFilterBank(await loadDsp(), { sampleRate: 8000, nFft: 256, nMels: 4, norm: "none" });
 * assert.deepEqual([bank.nMels, bank.nBins], [4, 129]);
 * assert.ok(bank.data.every((weight) => weight >= 0 && weight <= 1));
 * ```
 *
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function melFilterBank(dsp: Dsp, options: MelFilterBankOptions): MelFilterBank {
  const settings = resolveMelOptions(options);
  const { nFft } = resolveStftOptions({ nFft: options.nFft });
  const nBins = 1 + nFft / 2;
  const { nMels } = settings;
  const data = dsp.run(new Float32Array(0), (wasm) => ({
    at: wasm.melWeights(wasm.createMelBank(...melArguments(settings, nFft)), nBins),
    length: nMels * nBins,
  }));
  return { data, nMels, nBins };
}
