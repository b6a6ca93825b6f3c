import { INPUT_LIMITS } from "../../recognize/check_input.ts";
import type { ServeLimits } from "../limits.ts";
import { numberParameter } from "../media_type.ts";
import { Problem } from "../problem.ts";
import type { UploadPart } from "../upload.ts";
import { mixSamples, type PcmFormat } from "./mix_samples.ts";
import { parseWav } from "./parse_wav.ts";

/** Mono samples, full scale -1 to 1. */
export interface Sound {
  /** [samples] */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly sampleRate: number;
}

/**
 * Whether a .wav holds what {@linkcode readWav} does not read: compressed sound.
 *
 * @throws {Problem} 422 if its header is damaged.
 */
export function wavNeedsDecoder(part: UploadPart): boolean {
  return parseWav(part.bytes).encoding === "other";
}

/**
 * Reads a .wav: PCM of 8 to 32 bits or floating point, up to 8 channels.
 *
 * @throws {Problem} 413 if it is too long, 415 if it is compressed, 422 if it is damaged or truncated or
 * its rate is out of range.
 */
export function readWav(part: UploadPart, limits: ServeLimits): Sound {
  const { encoding, bits, channels, sampleRate, dataStart, dataBytes } = parseWav(part.bytes);
  if (encoding === "other") {
    throw new Problem(
      415,
      "the .wav is compressed; allowed: PCM of 8 to 32 bits, or floating point",
    );
  }
  checkRate(sampleRate);
  const there = part.bytes.length - dataStart;
  // A program that writes into a pipe cannot know the length; it claims the largest, or none.
  const open = dataBytes === 0xffffffff || dataBytes === 0;
  if (!open && dataBytes > there) {
    throw new Problem(422, `the .wav is truncated: ${there} of ${dataBytes} bytes of sound`);
  }
  const frame = channels * bits / 8;
  const bytes = open ? there - there % frame : dataBytes;
  checkLength(bytes / frame / sampleRate, limits);
  const data = part.bytes.subarray(dataStart, dataStart + bytes);
  return {
    samples: mixSamples(data, { encoding, bits, channels, littleEndian: true }),
    sampleRate,
  };
}

/**
 * Reads bare samples: `audio/L16; rate=16000; channels=1` (RFC 2586, the most significant byte first) or
 * `audio/pcm; rate=8000; encoding=s16le` (or `f32le`).
 *
 * @throws {Problem} 413 if it is too long, 415 for another encoding, 422 for a bad parameter or broken
 * samples.
 */
export function readPcm(part: UploadPart, limits: ServeLimits): Sound {
  const sampleRate = numberParameter(part, "rate");
  checkRate(sampleRate);
  const channels = numberParameter(part, "channels", 1);
  if (!Number.isInteger(channels) || channels > 8) {
    throw new Problem(422, `${channels} channels; allowed: 1 to 8`);
  }
  const { encoding = "s16le" } = part.parameters;
  if (encoding !== "s16le" && encoding !== "f32le") {
    throw new Problem(415, `encoding is ${encoding}; allowed: s16le, f32le`);
  }
  const format: PcmFormat = part.type === "audio/l16"
    ? { encoding: "integer", bits: 16, channels, littleEndian: false }
    : {
      encoding: encoding === "s16le" ? "integer" : "float",
      bits: encoding === "s16le" ? 16 : 32,
      channels,
      littleEndian: true,
    };
  checkLength(part.bytes.length / (channels * format.bits / 8) / sampleRate, limits);
  return { samples: mixSamples(part.bytes, format), sampleRate };
}

/**
 * Refuses what no recogniser takes.
 *
 * @throws {Problem} 422 if the rate is out of range.
 */
export function checkRate(sampleRate: number): void {
  const [least, most] = INPUT_LIMITS.sampleRate;
  if (sampleRate >= least && sampleRate <= most) return;
  throw new Problem(
    422,
    `the sound has ${sampleRate} samples a second; allowed: ${least} to ${most}`,
  );
}

/**
 * Refuses a clip that is too long.
 *
 * @throws {Problem} 413 if it is.
 */
export function checkLength(seconds: number, { maxSeconds }: ServeLimits): void {
  if (seconds <= maxSeconds) return;
  throw new Problem(
    413,
    `the clip is ${seconds.toFixed(1)} s long; allowed: up to ${maxSeconds} s`,
  );
}
