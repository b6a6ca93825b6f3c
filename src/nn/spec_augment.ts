import * as tf from "@tensorflow/tfjs";
import type { Random } from "../numeric/random.ts";
import type { Tensor } from "./tensor.ts";

/** How much {@linkcode specAugment} hides. */
export interface SpecAugmentOptions {
  /**
   * How many stripes of neighbouring bands are hidden.
   *
   * @default {2}
   */
  readonly bandMasks?: number;
  /**
   * Most bands of a stripe; F in the paper.
   *
   * @default {8}
   */
  readonly bandWidth?: number;
  /**
   * How many stretches of time are hidden.
   *
   * @default {2}
   */
  readonly timeMasks?: number;
  /**
   * Most frames of a stretch; T in the paper.
   *
   * @default {16}
   */
  readonly timeWidth?: number;
}

/** Sizes of a spectrogram. */
export interface PictureSize {
  /** Number of frames. */
  readonly nFrames: number;
  /** Number of bands. */
  readonly nBands: number;
}

/**
 * One mask of SpecAugment (D. S. Park and others, "SpecAugment: a simple data augmentation method for
 * automatic speech recognition", Interspeech 2019, without its time warping): 0 in stripes of bands
 * and stretches of frames, 1 elsewhere. The width w of each is drawn evenly from 0 to `bandWidth` or
 * `timeWidth`, both ends included, its start from 0 to size - w; stripes may overlap.
 *
 * @returns The mask, [nFrames, nBands] row by row.
 *
 * @example
 * ```ts
 * import { Random } from "../numeric/random.ts";
 * import { specAugmentMask } from "./spec_augment.ts";
 * import assert from "node:assert/strict";
 *
 * const options = { bandMasks: 0, timeMasks: 1, timeWidth: 3 };
 * const mask = specAugmentMask({ nFrames: 10, nBands: 4 }, new Random(5), options);
 * const hidden = mask.filter((value) => value === 0).length / 4;
 * assert.ok(hidden >= 0 && hidden <= 3);
 * ```
 *
 * @throws {RangeError} If an option is negative or not a whole number.
 */
export function specAugmentMask(
  { nFrames, nBands }: PictureSize,
  random: Random,
  options: SpecAugmentOptions = {},
): Float32Array {
  const { bandMasks = 2, bandWidth = 8, timeMasks = 2, timeWidth = 16 } = options;
  for (const [name, value] of Object.entries({ bandMasks, bandWidth, timeMasks, timeWidth })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new RangeError(`${name} must be a whole number from 0 on, got ${value}`);
    }
  }
  const mask = new Float32Array(nFrames * nBands).fill(1);
  for (let k = 0; k < bandMasks; k++) {
    const [from, to] = stretch(nBands, bandWidth, random);
    for (let t = 0; t < nFrames; t++) mask.fill(0, t * nBands + from, t * nBands + to);
  }
  for (let k = 0; k < timeMasks; k++) {
    const [from, to] = stretch(nFrames, timeWidth, random);
    mask.fill(0, from * nBands, to * nBands);
  }
  return mask;
}

/**
 * SpecAugment as a layer: hides stripes of each spectrogram of a batch, by {@linkcode specAugmentMask}.
 * What is hidden is 0, so that the spectrograms should have mean 0. Without `random`, as in prediction,
 * it returns `x`.
 *
 * @param x Spectrograms [n, frames, bands].
 *
 * @throws {RangeError} If an option is negative or not a whole number.
 */
export function specAugment(x: Tensor, random?: Random, options: SpecAugmentOptions = {}): Tensor {
  if (random === undefined) return x;
  const [n, nFrames, nBands] = x.shape;
  const size = nFrames * nBands;
  const masks = new Float32Array(n * size);
  for (let i = 0; i < n; i++) {
    masks.set(specAugmentMask({ nFrames, nBands }, random, options), i * size);
  }
  return tf.mul(x, tf.tensor(masks, x.shape));
}

function stretch(size: number, most: number, random: Random): [from: number, to: number] {
  const width = Math.min(random.int(most + 1), size);
  const from = random.int(size - width + 1);
  return [from, from + width];
}
