import type { Crop } from "./embed_clip.ts";
import type { PictureSize } from "./resample.ts";

/** Sizes at which pictures of 16 to 9 are decoded: the tutorial's, and twice that where a face is cut out. */
export const PICTURE_SIZES: Readonly<Record<Crop, PictureSize>> = {
  none: { width: 227, height: 128 },
  face: { width: 454, height: 256 },
};

/** The longest side of a decoded picture, in pixels: very wide or high ones are made smaller. */
const LONGEST = 1024;

/** How a model, or a run that will become one, looks at pictures. */
export interface PictureUse extends PictureSize {
  /** Whether the whole picture is looked at, squeezed into the size, or the face in it. */
  readonly crop: Crop;
  /**
   * How much wider than they were shown pictures were made for the training of models of older versions.
   *
   * @default {1}
   */
  readonly stretch?: number;
}

/**
 * The size at which a picture is decoded. Where all of it is looked at it is the tutorial's, whatever its
 * shape; where a face is cut out it keeps the shape in which it is shown, its shorter side as long as in
 * training, so that a face looks alike in every format.
 *
 * @example
 * ```ts
 * import { pictureSize } from "./picture_size.ts";
 * import assert from "node:assert/strict";
 *
 * const use = { crop: "face", width: 454, height: 256 } as const;
 * assert.deepEqual(pictureSize(use, { width: 1280, height: 720 }), { width: 454, height: 256 });
 * assert.deepEqual(pictureSize(use, { width: 1080, height: 1920 }), { width: 256, height: 454 });
 * assert.deepEqual(pictureSize(use, { width: 224, height: 224 }), { width: 256, height: 256 });
 * ```
 *
 * @param use How pictures are looked at.
 * @param shown The size at which the picture is shown.
 */
export function pictureSize(
  { crop, width, height, stretch = 1 }: PictureUse,
  shown: PictureSize,
): PictureSize {
  if (crop === "none" || shown.width === 0 || shown.height === 0) return { width, height };
  const aspect = shown.width / shown.height * stretch;
  const short = Math.min(width, height, LONGEST / Math.max(aspect, 1 / aspect));
  const long = short * Math.max(aspect, 1 / aspect);
  return aspect >= 1
    ? { width: even(long), height: even(short) }
    : { width: even(short), height: even(long) };
}

function even(side: number): number {
  return Math.max(16, 2 * Math.floor(side / 2));
}
