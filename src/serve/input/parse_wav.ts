import { Problem } from "../problem.ts";

/** How the samples of a .wav are stored, and where. */
export interface WavFormat {
  /** Integers or floating point; anything else needs a decoder. */
  readonly encoding: "integer" | "float" | "other";
  /** Bits of a stored sample. */
  readonly bits: number;
  /** Channels, interleaved. */
  readonly channels: number;
  /** Samples a second, of each channel. */
  readonly sampleRate: number;
  /** Where the samples begin, in bytes from the start of the file. */
  readonly dataStart: number;
  /** How many bytes of samples the header claims; what a stream of unknown length claims is huge. */
  readonly dataBytes: number;
}

const MOST_CHANNELS = 8;

/**
 * Reads the header of a .wav file (RIFF WAVE; the `fmt ` and `data` chunks, WAVE_FORMAT_EXTENSIBLE too).
 *
 * @throws {Problem} 422 if it is damaged.
 */
export function parseWav(bytes: Uint8Array<ArrayBuffer>): WavFormat {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || text(0) !== "RIFF" || text(8) !== "WAVE") {
    throw new Problem(422, "the sound is not a .wav file");
  }
  let format: Omit<WavFormat, "dataStart" | "dataBytes"> | undefined;
  for (let at = 12; at + 8 <= bytes.length;) {
    const id = text(at), size = view.getUint32(at + 4, true), start = at + 8;
    if (id === "data") {
      if (format === undefined) throw damaged("its samples come before their format");
      return { ...format, dataStart: start, dataBytes: size };
    }
    if (id === "fmt ") {
      if (size < 16 || start + size > bytes.length) throw damaged("its format is cut");
      format = readFormat(view, start, size);
    }
    // Chunks begin at even addresses.
    at = start + size + size % 2;
  }
  throw damaged("it has no samples");
}

function readFormat(view: DataView, start: number, size: number) {
  const code = view.getUint16(start, true);
  // In the extensible format the code is the first two bytes of a GUID.
  const tag = code === 0xfffe && size >= 26 ? view.getUint16(start + 24, true) : code;
  const channels = view.getUint16(start + 2, true);
  const sampleRate = view.getUint32(start + 4, true);
  const bits = view.getUint16(start + 14, true);
  if (channels < 1 || channels > MOST_CHANNELS) {
    throw damaged(`${channels} channels; allowed: 1 to ${MOST_CHANNELS}`);
  }
  if (sampleRate < 1) throw damaged("a sample rate of 0");
  const integer = tag === 1 && [8, 16, 24, 32].includes(bits);
  const float = tag === 3 && [32, 64].includes(bits);
  const encoding: WavFormat["encoding"] = integer ? "integer" : float ? "float" : "other";
  return { encoding, bits, channels, sampleRate };
}

function damaged(detail: string): Problem {
  return new Problem(422, `the .wav file is damaged: ${detail}`);
}
