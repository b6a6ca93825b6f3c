import { checkInteger, checkOption } from "./check_option.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";

/** Settings of {@linkcode delta}. */
export interface DeltaOptions {
  /** Number of frames to each of which a polynomial is fitted: odd, from 3 to 65535. Default: 9. */
  readonly width?: number;
  /**
   * Which derivative: 1 for delta, 2 for delta-delta; also the degree of the polynomial. From 1 to 10
   * and less than `width`. Default: 1.
   */
  readonly order?: number;
  /**
   * What happens within `width` / 2 frames of the ends: `"interp"` takes the derivative of the
   * polynomial through the first (or last) `width` frames; the others suppose frames beyond the end:
   * `"nearest"` the last one repeated, `"mirror"` the others backwards, `"constant"` zeros, `"wrap"`
   * those of the other end. Default: `"interp"`.
   */
  readonly mode?: "interp" | "nearest" | "mirror" | "constant" | "wrap";
}

/** Any feature with frames in its columns, such as what `mfcc` returns. */
export interface FeatureFrames {
  /** The values, [nRows, nFrames] row by row. */
  readonly data: Float32Array;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/** Derivatives of a feature. */
export interface Delta {
  /** The derivatives, [nRows, nFrames] row by row, in the feature's unit a frame^order. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Number of rows. */
  readonly nRows: number;
  /** Number of frames (columns). */
  readonly nFrames: number;
}

/** The numbers by which the core knows the modes; dsp-as/dsp/delta.ts and extend.ts. */
const MODES = { interp: -1, constant: 0, mirror: 1, nearest: 2, wrap: 3 } as const;

/** Beyond this a sum of values might not fit an f32. */
const LARGEST = 1e30;

/**
 * Derivative of each row of a feature along time, by a least-squares polynomial (Savitzky and Golay);
 * as `librosa.feature.delta`. The result has the shape of the feature. Sums are in double precision.
 *
 * @example
 * ```ts
 * import { delta } from "./delta.ts";
 * import { loadDsp } from "./load_dsp.ts";
 * import { mfcc } from "./mfcc.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const tone = Float32Array.from({ length: 32000 }, (_, t) => Math.sin(1e-5 * t * t));
 * const features = mfcc(dsp, tone, { sampleRate: 8000 });
 * const velocity = delta(dsp, features);
 * const acceleration = delta(dsp, features, { order: 2 });
 * assert.deepEqual([velocity.nRows, velocity.nFrames], [40, 63]);
 *
 * const ramp = { data: Float32Array.from({ length: 20 }, (_, t) => 3 * t), nFrames: 20 };
 * assert.ok(delta(dsp, ramp).data.every((value) => Math.abs(value - 3) < 1e-6));
 * ```
 *
 * @throws {AudioInputError} If there are no values, they do not fill whole rows, one is not a usable
 * number, or in mode `"interp"` there are fewer frames than `width`.
 * @throws {AudioOptionError} If an option is impossible, alone or beside the others.
 */
export function delta(dsp: Dsp, feature: FeatureFrames, options: DeltaOptions = {}): Delta {
  const { width = 9, order = 1, mode = "interp" } = options;
  checkInteger("width", width, 3, 65535);
  checkOption("width", width, width % 2 === 1, "odd");
  checkInteger("order", order, 1, Math.min(10, width - 1));
  const modes = Object.keys(MODES).map((name) => `"${name}"`).join(", ");
  checkOption("mode", mode, Object.hasOwn(MODES, mode), `one of ${modes}`);
  const { data, nFrames } = feature;
  checkFeature(data, nFrames);
  if (mode === "interp" && nFrames < width) {
    throw new AudioInputError(
      `${nFrames} frames are too few for a width of ${width}: use a smaller one or another mode`,
    );
  }
  const nRows = data.length / nFrames;
  const plan = dsp.plan(`delta ${width} ${order}`, (wasm) => wasm.createDelta(width, order));
  const values = dsp.run(data, (wasm, x) => ({
    at: wasm.runDelta(plan, x, nRows, nFrames, MODES[mode]),
    length: data.length,
  }));
  return { data: values, nRows, nFrames };
}

function checkFeature(data: Float32Array, nFrames: number): void {
  if (!(data instanceof Float32Array)) {
    throw new AudioInputError("the feature's data must be a Float32Array");
  }
  if (data.length === 0) throw new AudioInputError("the feature has no values");
  if (!Number.isInteger(nFrames) || nFrames < 1 || data.length % nFrames !== 0) {
    throw new AudioInputError(
      `${data.length} values are not whole rows of ${nFrames} frames: nFrames must divide them`,
    );
  }
  for (let i = 0; i < data.length; i++) {
    if (!(Math.abs(data[i]) <= LARGEST)) {
      throw new AudioInputError(`value ${i} of the feature is ${data[i]}: it must be a number`);
    }
  }
}
