import type { Crop } from "../vision/embed_pool.ts";
import type { PictureSize } from "../vision/resample.ts";

/** Sizes at which pictures are decoded: the tutorial's, and twice that where a face is cut out of them. */
export const PICTURE_SIZES: Readonly<Record<Crop, PictureSize>> = {
  none: { width: 227, height: 128 },
  face: { width: 454, height: 256 },
};
