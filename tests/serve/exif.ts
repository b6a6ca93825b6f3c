import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";
import { crc32 } from "node:zlib";

/** A picture, [height, width, 3]. */
export interface Rgb {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/**
 * For each orientation of EXIF the sides at which its table says that the first row and the first column
 * of what is stored are to be seen (CIPA DC-008, 4.6.4, tag 274).
 */
const SIDES = [
  ...[["top", "left"], ["top", "right"], ["bottom", "right"], ["bottom", "left"]],
  ...[["left", "top"], ["right", "top"], ["right", "bottom"], ["left", "bottom"]],
] as const;

/** How a camera would store a picture so that it is shown as `shown` by the orientation given. */
export function storedAs({ width, height, data }: Rgb, orientation: number): Rgb {
  const [rows, columns] = SIDES[orientation - 1];
  const isLying = rows === "left" || rows === "right";
  const [storedWidth, storedHeight] = isLying ? [height, width] : [width, height];
  const stored = new Uint8Array(data.length);
  for (let row = 0; row < storedHeight; row++) {
    for (let column = 0; column < storedWidth; column++) {
      let x = 0, y = 0;
      for (const [side, i] of [[rows, row], [columns, column]] as const) {
        if (side === "top") y = i;
        if (side === "bottom") y = height - 1 - i;
        if (side === "left") x = i;
        if (side === "right") x = width - 1 - i;
      }
      const from = 3 * (y * width + x);
      stored.set(data.subarray(from, from + 3), 3 * (row * storedWidth + column));
    }
  }
  return { width: storedWidth, height: storedHeight, data: stored };
}

/** EXIF data that states an orientation, behind another entry. */
export function exifOf(orientation: number, littleEndian = false): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(38));
  view.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  const short = (at: number, value: number) => view.setUint16(at, value, littleEndian);
  const long = (at: number, value: number) => view.setUint32(at, value, littleEndian);
  short(2, 42);
  long(4, 8);
  short(8, 2);
  // The width of the picture, which nobody asks for.
  [[10, 0x0100, 640], [22, 0x0112, orientation]].forEach(([at, tag, value]) => {
    short(at, tag);
    short(at + 2, 3);
    long(at + 4, 1);
    short(at + 8, value);
  });
  return new Uint8Array(view.buffer);
}

/** A segment of a JPEG. */
export function segment(marker: number, content: Uint8Array | string): number[] {
  const bytes = typeof content === "string"
    ? Array.from(content, (character) => character.charCodeAt(0))
    : Array.from(content);
  const length = bytes.length + 2;
  return [0xff, marker, length >> 8, length & 255, ...bytes];
}

/** The APP1 segment of EXIF data. */
export function exifSegment(tiff: Uint8Array): number[] {
  return segment(0xe1, new Uint8Array([...new TextEncoder().encode("Exif\0\0"), ...tiff]));
}

/** A JPEG with segments put in at its beginning. */
export function withSegments(
  file: Uint8Array<ArrayBuffer>,
  ...segments: readonly number[][]
): Uint8Array<ArrayBuffer> {
  return new Uint8Array([...file.subarray(0, 2), ...segments.flat(), ...file.subarray(2)]);
}

/** A picture as JPEG, with EXIF that says how it is to be shown. */
export function orientedJpeg(shown: Rgb, orientation: number): Uint8Array<ArrayBuffer> {
  const { width, height, data } = storedAs(shown, orientation);
  const rgba = Uint8Array.from(
    { length: width * height * 4 },
    (_, i) => i % 4 === 3 ? 255 : data[3 * (i >> 2) + i % 4],
  );
  const file = new Uint8Array(jpeg.encode({ data: rgba, width, height }, 95).data);
  return withSegments(file, exifSegment(exifOf(orientation)));
}

/** A picture as PNG, with an eXIf chunk that says how it is to be shown. */
export function orientedPng(shown: Rgb, orientation: number): Uint8Array<ArrayBuffer> {
  const file = encodePng({ ...storedAs(shown, orientation), channels: 3, depth: 8 });
  return withExifChunk(new Uint8Array(file), exifOf(orientation));
}

/** A PNG with an eXIf chunk behind its header. */
export function withExifChunk(
  file: Uint8Array<ArrayBuffer>,
  tiff: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const chunk = new Uint8Array(12 + tiff.length);
  new DataView(chunk.buffer).setUint32(0, tiff.length);
  chunk.set(new TextEncoder().encode("eXIf"), 4);
  chunk.set(tiff, 8);
  // Browsers leave out a chunk whose checksum is wrong.
  new DataView(chunk.buffer).setUint32(8 + tiff.length, crc32(chunk.subarray(4, 8 + tiff.length)));
  const header = 33;
  return new Uint8Array([...file.subarray(0, header), ...chunk, ...file.subarray(header)]);
}
