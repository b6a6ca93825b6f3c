import { checkInteger, checkOption } from "./check_option.ts";
import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";
import { checkName } from "./stft_options.ts";

/**
 * The scale of a cosine transform: `"ortho"` makes it orthonormal, `"none"` is twice the sum, as `None` of
 * SciPy.
 */
export type DctNorm = "ortho" | "none";

/** Settings of {@linkcode dct}. */
export interface DctOptions {
  /**
   * Number of columns of `values`: they are [n, nFrames] row by row, and every column is transformed.
   * Default: 1.
   */
  readonly nFrames?: number;
  /** How many values of each transform are kept, from the first on. Default: all n. */
  readonly outputs?: number;
  /** The scale of the transform. Default: `"ortho"`. */
  readonly norm?: DctNorm;
}

/** The scales, and whether they are orthonormal. */
export const DCT_NORMS: Readonly<Record<DctNorm, boolean>> = { ortho: true, none: false };

/** The table has a row an output: its size grows with the square of the number of values. */
const MAX_VALUES = 1024;

/**
 * Discrete cosine transform, type II, of every column of `values`, cut to its first `outputs` values:
 * y[k] = s[k] sum over m of x[m] cos(pi k (2m + 1) / 2n), with s[0] = sqrt(1/n) and otherwise
 * sqrt(2/n) for `"ortho"`, s = 2 for `"none"`; as `scipy.fft.dct(values, axis=0, norm=norm)[:outputs]`.
 * The result is [outputs, nFrames] row by row. Of the decibels of a mel spectrogram these are MFCCs.
 *
 * @example
 * ```ts
 * import { dct } from "./dct.ts";
 * import { loadDsp } from "./load_dsp.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const flat = dct(dsp, new Float32Array([1, 1, 1, 1]));
 * assert.deepEqual(Array.from(flat, Math.round), [2, 0, 0, 0]);
 *
 * const columns = dct(dsp, new Float32Array([1, 3, 1, 3]), { nFrames: 2, outputs: 1, norm: "none" });
 * assert.deepEqual(Array.from(columns), [4, 12]);
 * ```
 *
 * @throws {AudioInputError} If there are no `values`, they are not whole columns or more than 1024 a
 * column, or one is not a usable number.
 * @throws {AudioOptionError} If an option is impossible; `outputs` is a whole number from 1 to n.
 */
export function dct(
  dsp: Dsp,
  values: Float32Array,
  options: DctOptions = {},
): Float32Array<ArrayBuffer> {
  const { nFrames = 1, norm = "ortho" } = options;
  checkSamples(values);
  checkInteger("nFrames", nFrames, 1, 2 ** 24);
  checkName("norm", norm, DCT_NORMS);
  const n = values.length / nFrames;
  if (!Number.isInteger(n) || n > MAX_VALUES) {
    throw new AudioInputError(
      `there are ${values.length} values: ${nFrames} columns need as many in each, at most ${MAX_VALUES}`,
    );
  }
  const { outputs = n } = options;
  const fits = Number.isInteger(outputs) && outputs >= 1 && outputs <= n;
  checkOption("outputs", outputs, fits, `a whole number from 1 to ${n}`);
  const table = dsp.plan(
    `dct ${n} ${outputs} ${norm}`,
    (wasm) => wasm.createDct(n, outputs, DCT_NORMS[norm], 0, 0),
  );
  return dsp.run(values, (wasm, input) => ({
    at: wasm.runDct(table, n, outputs, input, nFrames),
    length: outputs * nFrames,
  }));
}
