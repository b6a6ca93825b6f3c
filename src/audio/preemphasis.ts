import { checkNumber } from "./check_option.ts";
import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";

/** Settings of {@linkcode preemphasis}. */
export interface PreemphasisOptions {
  /** Weight c of the previous sample, usually from 0 to 1. Default: 0.97. */
  readonly coef?: number;
  /**
   * What is added to the first sample: the `zf` of the part before, where a signal comes in parts;
   * 0 for a signal that begins out of silence. Default: 2 x[0] - x[1], as in librosa.
   */
  readonly zi?: number;
}

/** A pre-emphasised signal. */
export interface Preemphasised {
  /** The samples, [n]. */
  readonly data: Float32Array<ArrayBuffer>;
  /** The filter's last state, -c x[n-1]: the `zi` of the part that follows. */
  readonly zf: number;
}

/**
 * Pre-emphasis, y[t] = x[t] - c x[t-1], y[0] = x[0] + zi, as `librosa.effects.preemphasis` (with
 * `return_zf=True`). It raises high frequencies against low ones by up to 20 log10((1 + c) / (1 - c)) dB.
 * The textbook preset of `mfcc` begins with `zi` 0.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { preemphasis } from "./preemphasis.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = new Float32Array([1, 1, 1, 3]);
 * const { data, zf } = preemphasis(await loadDsp(), samples, { coef: 0.5, zi: 0 });
 * assert.deepEqual([...data], [1, 0.5, 0.5, 2.5]);
 * assert.equal(zf, -1.5);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, only one and no `zi`, too many, or one is not a
 * usable number.
 * @throws {AudioOptionError} If `coef` or `zi` is not a number.
 */
export function preemphasis(
  dsp: Dsp,
  samples: Float32Array,
  options: PreemphasisOptions = {},
): Preemphasised {
  const { coef = 0.97 } = options;
  checkNumber("coef", coef, Number.isFinite(coef), "finite");
  checkSamples(samples);
  const n = samples.length;
  if (n === 1 && options.zi === undefined) {
    throw new AudioInputError("one sample does not tell how the signal began: give zi");
  }
  const { zi = 2 * samples[0] - samples[1] } = options;
  checkNumber("zi", zi, Number.isFinite(zi), "finite");
  const data = dsp.run(samples, (wasm, x) => ({
    at: wasm.runPreemphasis(x, n, coef, zi),
    length: n,
  }));
  return { data, zf: Math.fround(-Math.fround(coef) * samples[n - 1]) };
}
