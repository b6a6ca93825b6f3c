import jpeg from "jpeg-js";
import { Problem } from "../problem.ts";
import { exifOrientation } from "./exif_orientation.ts";
import type { Picture, PictureSize } from "./image.ts";
import { jpegSegments } from "./jpeg_segments.ts";
import { type Orientation, shownSize, turnPicture } from "./orientation.ts";

/** Passes over a picture: a progressive one has about ten; thousands are an attack on the decoder. */
const MOST_SCANS = 64;
/** The decoder's own bound on its memory, far above what {@linkcode jpegSize}'s caller allows. */
const MOST_MB = 1024;

/** Start of a scan; remarks of EXIF, XMP and others. */
const SOS = 0xda, APP1 = 0xe1;
/** Start of a frame: SOF0 to SOF15, but for the tables DHT, JPG and DAC that lie among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** What comes before the data of EXIF in its segment. */
const EXIF = "Exif\0\0";

/**
 * The size at which a JPEG is shown, read from its headers without decoding it.
 *
 * @throws {Problem} 422 if it is damaged, or has more passes than any honest picture.
 */
export function jpegSize(bytes: Uint8Array<ArrayBuffer>): PictureSize {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    throw damaged("it does not begin as one");
  }
  let size: PictureSize | undefined;
  let scans = 0;
  for (const { marker, content } of jpegSegments(bytes)) {
    if (isFrame(marker)) {
      if (size !== undefined) throw damaged("it holds two pictures");
      if (content.length < 6) throw damaged("its header is cut");
      const [, y1, y0, x1, x0] = content;
      size = { height: 256 * y1 + y0, width: 256 * x1 + x0 };
    }
    if (marker === SOS && ++scans > MOST_SCANS) throw damaged(`over ${MOST_SCANS} passes`);
  }
  if (size === undefined) throw damaged("its size is missing");
  if (size.width < 1 || size.height < 1) throw damaged("its size is 0");
  return shownSize(size, orientationOf(bytes));
}

/**
 * Decodes a JPEG whose size was checked before, as it is to be shown: phones store what their sensor
 * sees, and beside it how they were held.
 *
 * @throws {Problem} 422 if it is damaged or of a kind that the decoder does not know.
 */
export function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Picture {
  let stored: Picture;
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxMemoryUsageInMB: MOST_MB,
    });
    stored = { width, height, data };
  } catch (error) {
    // The decoder throws errors of every class, strings too.
    throw damaged(error instanceof Error ? error.message : `${error}`);
  }
  return turnPicture(stored, orientationOf(bytes));
}

/** The first orientation that EXIF states before the picture itself; others' remarks lie among it. */
function orientationOf(bytes: Uint8Array): Orientation {
  for (const { marker, content } of jpegSegments(bytes)) {
    if (marker === SOS) break;
    if (marker !== APP1 || String.fromCharCode(...content.subarray(0, 6)) !== EXIF) continue;
    const orientation = exifOrientation(content.subarray(EXIF.length));
    if (orientation !== undefined) return orientation;
  }
  return 1;
}

function damaged(detail: string): Problem {
  return new Problem(422, `a JPEG is damaged: ${detail}`);
}
