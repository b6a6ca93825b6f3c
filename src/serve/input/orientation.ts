import type { Picture, PictureSize } from "./image.ts";

/**
 * How a stored picture is to be shown, as EXIF numbers it: 1 as it is, 2 mirrored, 3 upside down, 4 both,
 * 5 to 8 lying on a side (6: to be turned clockwise by a quarter, as a phone held upright writes it).
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Whether rows are shown as columns. */
const isLying = (orientation: Orientation) => orientation >= 5;

/** The size at which a picture is shown that is stored at `size`. */
export function shownSize({ width, height }: PictureSize, orientation: Orientation): PictureSize {
  return isLying(orientation) ? { width: height, height: width } : { width, height };
}

/**
 * A stored picture as it is to be shown.
 *
 * @example
 * ```ts
 * import { turnPicture } from "./orientation.ts";
 * import assert from "node:assert/strict";
 *
 * const data = new Uint8Array([1, 1, 1, 2, 2, 2]);
 * const { width, height } = turnPicture({ width: 2, height: 1, data }, 6);
 * assert.deepEqual([width, height], [1, 2]);
 * assert.equal(turnPicture({ width: 2, height: 1, data }, 2).data[0], 2);
 * ```
 */
export function turnPicture(stored: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return stored;
  const { data } = stored;
  const { width, height } = shownSize(stored, orientation);
  const { first, right, down } = steps(stored, orientation);
  const shown = new Uint8Array(data.length);
  let to = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = 3 * (first + x * right + y * down);
      shown[to++] = data[from];
      shown[to++] = data[from + 1];
      shown[to++] = data[from + 2];
    }
  }
  return { width, height, data: shown };
}

/** Where the first pixel shown is stored, and how far it is to the ones right of it and below it. */
function steps({ width: w, height: h }: PictureSize, orientation: Orientation) {
  const last = w * h - 1;
  const [first, right, down] = ({
    1: [0, 1, w],
    2: [w - 1, -1, w],
    3: [last, -1, -w],
    4: [last - w + 1, 1, -w],
    5: [0, w, 1],
    6: [last - w + 1, -w, 1],
    7: [last, -w, -1],
    8: [w - 1, w, -1],
  } as const)[orientation];
  return { first, right, down };
}
