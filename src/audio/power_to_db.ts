import { checkNumber, checkOption } from "./check_option.ts";
import { checkPowers } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";

/** Settings of {@linkcode powerToDb}. */
export interface PowerToDbOptions {
  /** The power of 0 dB, or `"max"` for the greatest. Its sign does not count. Default: 1. */
  readonly ref?: number | "max";
  /** The least power told apart from silence, from 1.2e-38 on. Default: 1e-10. */
  readonly amin?: number;
  /**
   * How far below the greatest value the others may lie, in dB; `Infinity` for no limit, librosa's
   * `None`. Default: 80.
   */
  readonly topDb?: number;
}

/** The smallest normal f32: below it the core knows no logarithm. */
const SMALLEST_NORMAL = 2 ** -126;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/**
 * Powers in decibels, as `librosa.power_to_db`: 10 log10(max(amin, power) / max(amin, ref)), none of
 * them less than the greatest minus `topDb`. Negative powers count as `amin`.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { powerToDb } from "./power_to_db.ts";
 * import assert from "node:assert/strict";
 *
 * const levels = powerToDb(await loadDsp(), new Float32Array([100, 1, 0]), { ref: "max" });
 * assert.deepEqual(Array.from(levels, Math.round), [0, -20, -80]);
 * ```
 *
 * @throws {AudioInputError} If there are no powers, or one is not a number or infinite.
 * @throws {AudioOptionError} If an option is impossible.
 */
export function powerToDb(
  dsp: Dsp,
  power: Float32Array,
  options: PowerToDbOptions = {},
): Float32Array<ArrayBuffer> {
  const { ref = 1, amin = 1e-10, topDb = 80 } = options;
  const known = ref === "max" || (typeof ref === "number" && Math.abs(ref) <= LARGEST);
  checkOption("ref", ref, known, `"max" or a number`);
  const normal = amin >= SMALLEST_NORMAL && amin <= LARGEST;
  checkNumber("amin", amin, normal, `from ${SMALLEST_NORMAL} to ${LARGEST}`);
  checkNumber("topDb", topDb, topDb >= 0, "0 or more");
  checkPowers(power);
  return dsp.run(power, (wasm, at) => {
    const zero = ref === "max" ? power.reduce((a, b) => Math.max(a, b), 0) : Math.abs(ref);
    wasm.powerToDb(at, power.length, zero, amin, topDb);
    return { at, length: power.length };
  });
}
