import { speakersOfMask } from "./channel_weights.ts";
import { isPcmWidth, type PcmFormat } from "./decode_pcm.ts";

/** A .wav file that is truncated or damaged; the message says in one line how. */
export class WavError extends Error {
  /** The error's class, for logs. */
  override readonly name = "WavError";
}

/** What the header of a .wav file says, held against the bytes that are there. */
export interface WavHeader {
  /** How the samples are stored; undefined where they are compressed, so that a codec is needed. */
  readonly format: PcmFormat | undefined;
  /** Whether numbers begin with their most significant byte (RIFX). */
  readonly bigEndian: boolean;
  /** Number of channels. */
  readonly channels: number;
  /** Samples a second, of each channel. */
  readonly sampleRate: number;
  /** What loudspeaker each channel is for; undefined where the file does not say it of every channel. */
  readonly speakers: readonly string[] | undefined;
  /** Where the samples begin and end, in bytes from the start of the file. */
  readonly data: readonly [start: number, end: number];
  /** One sentence, where a little of what the header claims is missing. */
  readonly warning?: string;
}

const MOST_CHANNELS = 256;

/**
 * Programs that write into a pipe cannot know the length; they claim 0, or something enormous (sox
 * 0x7FFFF000, others 2,000,000,000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF - 43): from here on a claim of
 * bytes says nothing, and the file's end is the sound's.
 */
const OPEN_CLAIM = 2 ** 30;

/** A file that holds less than this share of what it claims is truncated. */
const WHOLE = 0.9;

/** Whether a file begins as a .wav does: `RIFF`, big-endian `RIFX`, or `RF64` and `BW64` for large files. */
export function isWav(head: Uint8Array): boolean {
  return /^(RIFF|RIFX|RF64|BW64)....WAVE/s.test(String.fromCharCode(...head.subarray(0, 12)));
}

/**
 * Reads the header of a .wav file: chunks `fmt ` (WAVE_FORMAT_EXTENSIBLE too), `ds64` and `data`. What it
 * claims of the length yields to what is there.
 *
 * @throws {WavError} If it is damaged, or the file is truncated.
 */
export function parseWav(bytes: Uint8Array): WavHeader {
  if (!isWav(bytes)) throw new WavError("it is no .wav file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  const little = text(0) !== "RIFX";
  let format: Omit<WavHeader, "data" | "warning"> | undefined;
  let dataSize64: number | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = text(at), size = view.getUint32(at + 4, little), start = at + 8;
    if (id === "data") {
      if (format === undefined) throw new WavError("its samples come before their format");
      const claimed = size === 0xffffffff ? dataSize64 ?? size : size;
      return { ...format, ...dataRange(start, claimed, bytes.length) };
    }
    if (id === "ds64" && size >= 16 && start + 16 <= bytes.length) {
      dataSize64 = Number(view.getBigUint64(start + 8, little));
    }
    if (id === "fmt ") {
      if (size < 16 || start + size > bytes.length) throw new WavError("its format is cut");
      format = readFormat(view, start, size, little);
    }
    // Chunks begin at even addresses, behind a byte of 0 where need be; some programs forget it.
    const next = start + size;
    at = size % 2 === 1 && !/^[ -~]{4}$/.test(text(next)) ? next + 1 : next;
  }
  throw new WavError("it has no samples");
}

function dataRange(
  start: number,
  claimed: number,
  size: number,
): Pick<WavHeader, "data" | "warning"> {
  const there = size - start;
  if (claimed === 0 || claimed >= OPEN_CLAIM || claimed <= there) {
    return { data: [start, claimed > 0 && claimed <= there ? start + claimed : size] };
  }
  const missing = `only ${there} of ${claimed} bytes of sound are there`;
  if (there < WHOLE * claimed) throw new WavError(`${missing}; copy the file again`);
  return { data: [start, size], warning: missing };
}

function readFormat(view: DataView, start: number, size: number, little: boolean) {
  const code = view.getUint16(start, little);
  const extensible = code === 0xfffe && size >= 40;
  // In the extensible format the code is the first two bytes of a GUID.
  const tag = extensible ? view.getUint16(start + 24, little) : code;
  const channels = view.getUint16(start + 2, little);
  const sampleRate = view.getUint32(start + 4, little);
  if (channels < 1 || channels > MOST_CHANNELS) {
    throw new WavError(`${channels} channels; allowed: 1 to ${MOST_CHANNELS}`);
  }
  if (sampleRate < 1) throw new WavError("a sample rate of 0");
  // A sample of 20 bits takes three bytes, filled from the top: what counts is how wide it is stored.
  const frame = view.getUint16(start + 12, little);
  const valid = view.getUint16(start + 14, little);
  if (ENCODINGS[tag] && (valid < 1 || valid > 64)) throw new WavError(`samples of ${valid} bits`);
  const place = 8 * frame / channels;
  const bits = Number.isInteger(place) && place >= valid ? place : 8 * Math.ceil(valid / 8);
  const encoding = ENCODINGS[tag];
  const format = encoding && { encoding, bits, channels, littleEndian: little };
  const speakers = extensible ? speakersOfMask(view.getUint32(start + 20, little)) : [];
  return {
    format: format && isPcmWidth(format) ? format : undefined,
    channels,
    sampleRate,
    bigEndian: !little,
    speakers: speakers.length === channels ? speakers : undefined,
  };
}

/** Format codes of what is not compressed. */
const ENCODINGS: Readonly<Record<number, PcmFormat["encoding"] | undefined>> = {
  1: "integer",
  3: "float",
  6: "a-law",
  7: "mu-law",
};
