import { convertIndexedToRgb, decode, type DecodedPng } from "fast-png";
import { Unzlib } from "fflate";
import { Problem } from "../problem.ts";
import { exifOrientation } from "./exif_orientation.ts";
import type { Picture, PictureSize } from "./image.ts";
import { type Orientation, shownSize, turnPicture } from "./orientation.ts";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/**
 * What makes the picture. All else (texts, colour profiles, animations) is left out, so that nothing
 * compressed that hides in it is ever inflated.
 */
const NEEDED = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"];
/** Values a pixel, by colour type. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** How much is inflated before the output is counted: deflate makes of it at most 1032 times as much. */
const STEP = 16 * 1024;

interface Header extends PictureSize {
  readonly depth: number;
  readonly colour: number;
  readonly interlaced: boolean;
}

/**
 * The size at which a PNG is shown, read from its header without decoding it.
 *
 * @throws {Problem} 422 if it is damaged.
 */
export function pngSize(bytes: Uint8Array<ArrayBuffer>): PictureSize {
  return shownSize(readHeader(bytes), orientationOf(bytes));
}

/**
 * Decodes a PNG whose size was checked before, as its EXIF data says that it is to be shown. Transparency
 * is not looked at, 16 bits are cut to 8.
 *
 * @throws {Problem} 422 if it is damaged, or inflates to more than its size allows.
 */
export function decodePng(bytes: Uint8Array<ArrayBuffer>): Picture {
  const header = readHeader(bytes);
  const chunks = neededChunks(bytes);
  refuseBomb(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data), header);
  let png: DecodedPng;
  try {
    png = decode(joinChunks(chunks));
    const stored = { width: png.width, height: png.height, data: toRgb(png) };
    return turnPicture(stored, orientationOf(bytes));
  } catch (error) {
    throw damaged((error as Error).message);
  }
}

function readHeader(bytes: Uint8Array<ArrayBuffer>): Header {
  if (bytes.length < 33 || SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw damaged("it does not begin as one");
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [depth, colour, interlace] = [bytes[24], bytes[25], bytes[28]];
  if (view.getUint32(8) !== 13 || typeAt(bytes, 12) !== "IHDR") throw damaged("it has no header");
  if (width < 1 || height < 1) throw damaged("its size is 0");
  if (!(colour in CHANNELS) || ![1, 2, 4, 8, 16].includes(depth) || interlace > 1) {
    throw damaged("its header makes no sense");
  }
  return { width, height, depth, colour, interlaced: interlace === 1 };
}

interface Chunk {
  readonly type: string;
  /** The chunk's content. */
  readonly data: Uint8Array;
  /** Length, type, content and checksum. */
  readonly whole: Uint8Array;
}

/** The chunks that are there as a whole, up to the last. */
function* chunksOf(bytes: Uint8Array<ArrayBuffer>): Generator<Chunk, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const type = typeAt(bytes, at + 4);
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return;
    yield { type, data: bytes.subarray(at + 8, end - 4), whole: bytes.subarray(at, end) };
    if (type === "IEND") return;
    at = end;
  }
}

function neededChunks(bytes: Uint8Array<ArrayBuffer>): Chunk[] {
  const chunks: Chunk[] = [];
  for (const chunk of chunksOf(bytes)) if (NEEDED.includes(chunk.type)) chunks.push(chunk);
  if (chunks.at(-1)?.type !== "IEND") throw damaged("it is cut");
  return chunks;
}

/** The first orientation that EXIF states, wherever it lies. */
function orientationOf(bytes: Uint8Array<ArrayBuffer>): Orientation {
  for (const { type, data } of chunksOf(bytes)) {
    const orientation = type === "eXIf" ? exifOrientation(data) : undefined;
    if (orientation !== undefined) return orientation;
  }
  return 1;
}

/** A PNG's pixels, inflated, take a known number of bytes; a "bomb" inflates to millions of times that. */
function refuseBomb(data: readonly Uint8Array[], header: Header): void {
  const { width, height, depth, colour, interlaced } = header;
  // One byte of filter a row; the seven passes of an interlaced picture have at most twice the rows.
  const row = Math.ceil(width * CHANNELS[colour] * depth / 8) + 1;
  const most = interlaced ? 2 * row * height + 16 * height : row * height;
  let inflated = 0;
  const counter = new Unzlib((chunk) => {
    inflated += chunk.length;
  });
  for (const chunk of data) {
    for (let at = 0; at < chunk.length; at += STEP) {
      try {
        counter.push(chunk.subarray(at, at + STEP));
      } catch (error) {
        throw damaged((error as Error).message);
      }
      if (inflated > most) throw damaged("it inflates to more than its size allows");
    }
  }
  if (!interlaced && inflated < most) throw damaged("pixels are missing");
}

function joinChunks(chunks: readonly Chunk[]): Uint8Array {
  const size = chunks.reduce((sum, { whole }) => sum + whole.length, SIGNATURE.length);
  const joined = new Uint8Array(size);
  joined.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const { whole } of chunks) {
    joined.set(whole, at);
    at += whole.length;
  }
  return joined;
}

function toRgb(png: DecodedPng): Uint8Array {
  const { width, height } = png;
  const flat = png.palette ? convertIndexedToRgb(png) : widen(png);
  const channels = flat.length / (width * height);
  if (!Number.isInteger(channels) || channels < 1) throw new Error("pixels are missing");
  const [shift, grey] = [png.depth === 16 ? 8 : 0, channels < 3];
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      rgb[pixel * 3 + c] = flat[pixel * channels + (grey ? 0 : c)] >> shift;
    }
  }
  return rgb;
}

/** Grey of 1, 2 or 4 bits is packed, each row from a byte's start; it is unpacked to 8 bits. */
function widen({ data, depth, width, height }: DecodedPng): ArrayLike<number> {
  if (depth >= 8) return data;
  const row = Math.ceil(width * depth / 8), most = 2 ** depth - 1;
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    const byte = data[y * row + Math.floor(x * depth / 8)];
    return 255 * (byte >> (8 - depth - x * depth % 8) & most) / most;
  });
}

function typeAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

function damaged(detail: string): Problem {
  return new Problem(422, `a PNG is damaged: ${detail}`);
}
