import jpeg from "jpeg-js";
import type { Box } from "../../models/face_detector.ts";
import { readPackageFile } from "../../src/weights/package_file.ts";
import { resample } from "../../src/vision/resample.ts";
import { memo } from "../memo.ts";

/** A square RGB picture [side, side, 3]. */
export interface Picture {
  /** Its pixels. */
  readonly pixels: Uint8Array<ArrayBuffer>;
  /** Its side in pixels. */
  readonly side: number;
}

/** Where some faces lie in the page of faces that comes with the networks. */
const FACES = {
  man: { x: 2, y: 27, width: 166, height: 166 },
  woman: { x: 2, y: 732, width: 104, height: 104 },
  blonde: { x: 1280, y: 730, width: 104, height: 104 },
} satisfies Record<string, Box>;

const page = memo(async () => {
  const bytes = await readPackageFile({
    packageName: "@vladmandic/human",
    path: "../assets/screenshot-facematch.jpg",
  });
  const { data, width, height } = jpeg.decode(bytes, { useTArray: true });
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    return data[4 * Math.floor(i / 3) + i % 3];
  });
  return { pixels, shape: { n: 1, height, width } };
});

/** The photograph of a face with a little around it, as it comes in a package that is there in any case. */
export async function realFace(name: keyof typeof FACES, side: number): Promise<Picture> {
  const { pixels, shape } = await page();
  return { pixels: resample(pixels, shape, FACES[name], side), side };
}

/** A picture turned by a number of quarters, clockwise. */
export function turned({ pixels, side }: Picture, quarters: number): Picture {
  let from = pixels;
  for (let turn = 0; turn < quarters; turn++) {
    const to = new Uint8Array(from.length);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const at = (y * side + x) * 3;
        to.set(from.subarray(at, at + 3), (x * side + side - 1 - y) * 3);
      }
    }
    from = to;
  }
  return { pixels: from, side };
}

/** Puts a picture into an RGB frame [height, width, 3], with its left upper corner at `x`, `y`. */
export function paste(
  frame: Uint8Array,
  width: number,
  { pixels, side }: Picture,
  x: number,
  y: number,
): void {
  for (let row = 0; row < side; row++) {
    const line = pixels.subarray(row * side * 3, (row + 1) * side * 3);
    frame.set(line, ((y + row) * width + x) * 3);
  }
}
