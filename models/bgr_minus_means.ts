/**
 * The preprocessing of networks converted from Caffe: red and blue change places and the training
 * set's mean is taken from each channel. `rgb` [..., 3] holds values 0 to 255; `means` is in the order
 * blue, green, red. The result has the same shape, not scaled.
 *
 * @example
 * ```ts
 * import { bgrMinusMeans } from "./bgr_minus_means.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(bgrMinusMeans(Uint8Array.of(10, 20, 30), [1, 2, 3]), Float32Array.of(29, 18, 7));
 * ```
 */
export function bgrMinusMeans(
  rgb: Uint8Array,
  [blue, green, red]: readonly [number, number, number],
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    out[i] = rgb[i + 2] - blue;
    out[i + 1] = rgb[i + 1] - green;
    out[i + 2] = rgb[i] - red;
  }
  return out;
}
