import type { Vgg16Preprocessing } from "./vgg16_preprocessing.ts";

/**
 * The preprocessing of networks converted from Caffe or MatConvNet: the training set's mean is taken
 * from each channel, and for `bgr` red and blue change places before. `rgb` [..., 3] holds values 0 to
 * 255; `means` is in the order of `channels`. The result has the same shape, not scaled.
 *
 * @example
 * ```ts
 * import { minusMeans } from "./minus_means.ts";
 * import assert from "node:assert/strict";
 *
 * const pixel = Uint8Array.of(10, 20, 30);
 * const means = [1, 2, 3] as const;
 * assert.deepEqual(minusMeans(pixel, { channels: "bgr", means }), Float32Array.of(29, 18, 7));
 * assert.deepEqual(minusMeans(pixel, { channels: "rgb", means }), Float32Array.of(9, 18, 27));
 * ```
 */
export function minusMeans(
  rgb: Uint8Array,
  { channels, means: [first, second, third] }: Vgg16Preprocessing,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(rgb.length);
  const red = channels === "rgb" ? 0 : 2;
  for (let i = 0; i < rgb.length; i += 3) {
    out[i] = rgb[i + red] - first;
    out[i + 1] = rgb[i + 1] - second;
    out[i + 2] = rgb[i + 2 - red] - third;
  }
  return out;
}
