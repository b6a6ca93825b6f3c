import jpeg from "jpeg-js";
import { Problem } from "../problem.ts";
import type { Picture, PictureSize } from "./image.ts";

/** Passes over a picture: a progressive one has about ten; thousands are an attack on the decoder. */
const MOST_SCANS = 64;
/** The decoder's own bound on its memory, far above what {@linkcode jpegSize}'s caller allows. */
const MOST_MB = 1024;

/** Markers that stand alone: TEM, RST0 to RST7, SOI, EOI. */
const isAlone = (marker: number) => marker === 1 || (marker >= 0xd0 && marker <= 0xd9);
/** Start of a frame: SOF0 to SOF15, but for the tables DHT, JPG and DAC that lie among them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/**
 * The size of a JPEG, read from its header without decoding it.
 *
 * @throws {Problem} 422 if it is damaged, or has more passes than any honest picture.
 */
export function jpegSize(bytes: Uint8Array<ArrayBuffer>): PictureSize {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0xffd8) throw damaged("it does not begin as one");
  let size: PictureSize | undefined;
  let scans = 0;
  for (let at = 2; at + 4 <= bytes.length;) {
    // Entropy-coded data hides 0xff by a 0 after it; anything else is a marker.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0 || bytes[at + 1] === 0xff) {
      at++;
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === 0xd9) break;
    if (isAlone(marker)) {
      at += 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (isFrame(marker)) {
      if (size !== undefined) throw damaged("it holds two pictures");
      if (length < 8 || at + 9 > bytes.length) throw damaged("its header is cut");
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    if (marker === 0xda && ++scans > MOST_SCANS) throw damaged(`over ${MOST_SCANS} passes`);
    at += 2 + length;
  }
  if (size === undefined) throw damaged("its size is missing");
  if (size.width < 1 || size.height < 1) throw damaged("its size is 0");
  return size;
}

/**
 * Decodes a JPEG whose size was checked before.
 *
 * @throws {Problem} 422 if it is damaged or of a kind that the decoder does not know.
 */
export function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Picture {
  try {
    const { width, height, data } = jpeg.decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      maxMemoryUsageInMB: MOST_MB,
    });
    return { width, height, data };
  } catch (error) {
    // The decoder throws errors of every class, strings too.
    throw damaged(error instanceof Error ? error.message : `${error}`);
  }
}

function damaged(detail: string): Problem {
  return new Problem(422, `a JPEG is damaged: ${detail}`);
}
