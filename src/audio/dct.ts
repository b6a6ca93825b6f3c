import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError, AudioOptionError } from "./errors.ts";

/** The core transforms four vectors at once, interleaved; this function uses one of the four. */
const LANES = 4;

/** The table has a row an output: its size grows with the square of the number of values. */
const MAX_VALUES = 1024;

/**
 * Orthonormal discrete cosine transform, type II, of `values`, cut to its first `outputs` values;
 * as `scipy.fft.dct(values, norm="ortho")[:outputs]`.
 *
 * @example
 * ```ts
 * import { dct } from "./dct.ts";
 * import { loadDsp } from "./load_dsp.ts";
 * import assert from "node:assert/strict";
 *
 * const flat = dct(await loadDsp(), new Float32Array([1, 1, 1, 1]));
 * assert.deepEqual(Array.from(flat, Math.round), [2, 0, 0, 0]);
 * ```
 *
 * @throws {AudioInputError} If there are no `values` or more than 1024, or one is not a usable number.
 * @throws {AudioOptionError} If `outputs` is not a whole number from 1 to the number of values.
 */
export function dct(
  dsp: Dsp,
  values: Float32Array,
  outputs: number = values.length,
): Float32Array<ArrayBuffer> {
  checkSamples(values);
  const n = values.length;
  if (n > MAX_VALUES) throw new AudioInputError(`there are ${n} values: at most ${MAX_VALUES} fit`);
  if (!Number.isInteger(outputs) || outputs < 1 || outputs > n) {
    throw new AudioOptionError("outputs", outputs, `a whole number from 1 to ${n}`);
  }
  const table = dsp.plan(`dct ${n} ${outputs}`, (wasm) => wasm.createDct(n, outputs));
  const x = new Float32Array(n * LANES);
  for (let m = 0; m < n; m++) x[m * LANES] = values[m];
  const lanes = dsp.run(x, (wasm, input) => {
    const at = wasm.alloc(outputs * LANES * 4);
    wasm.runDct4(table, n, outputs, input, at);
    return { at, length: outputs * LANES };
  });
  return Float32Array.from({ length: outputs }, (_, k) => lanes[k * LANES]);
}
