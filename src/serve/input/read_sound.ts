import { whyNoRate } from "../../audio/sound_rates.ts";
import { channelWeights } from "../../media/sound/channel_weights.ts";
import { decodePcm, type PcmFormat } from "../../media/sound/decode_pcm.ts";
import { parseWav, WavError, type WavHeader } from "../../media/sound/parse_wav.ts";
import { readWholeWav, wavSeconds } from "../../media/sound/read_wav.ts";
import type { ServeLimits } from "../limits.ts";
import { numberParameter } from "../media_type.ts";
import { Problem } from "../problem.ts";
import type { UploadPart } from "../upload.ts";

/** Most channels of bare samples. */
const MOST_CHANNELS = 256;

/** Mono samples, full scale -1 to 1. */
export interface Sound {
  /** The samples [samples], from -1 to 1. */
  readonly samples: Float32Array;
  /** Samples a second. */
  readonly sampleRate: number;
  /** What should be known of it: a sentence each. */
  readonly warnings: readonly string[];
}

/**
 * Whether a .wav holds what {@linkcode readWav} does not read: compressed sound.
 *
 * @throws {Problem} 422 if its header is damaged, or it is truncated.
 */
export function wavNeedsDecoder(part: UploadPart): boolean {
  return headerOf(part).format === undefined;
}

/**
 * Reads a .wav that is not compressed: what the decoders of clip files do with it.
 *
 * @throws {Problem} 413 if it is too long, 415 if it is compressed, 422 if it is damaged or truncated or
 * its rate is out of range.
 */
export function readWav(part: UploadPart, limits: ServeLimits): Sound {
  const header = headerOf(part);
  if (header.format === undefined) {
    throw new Problem(
      415,
      "the .wav is compressed; allowed: PCM of 8 to 32 bits, floating point, A-law or mu-law",
    );
  }
  const { sampleRate, warning } = header;
  checkRate(sampleRate);
  checkLength(wavSeconds(header), limits);
  const samples = readWholeWav(part.bytes, header);
  if (samples.length === 0) throw new Problem(422, "the sound has no samples");
  return { samples, sampleRate, warnings: warning === undefined ? [] : [warning] };
}

function headerOf({ bytes }: UploadPart): WavHeader {
  try {
    return parseWav(bytes);
  } catch (error) {
    if (!(error instanceof WavError)) throw error;
    throw new Problem(422, `the .wav is truncated or damaged: ${error.message}`, { cause: error });
  }
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
  if (!Number.isInteger(channels) || channels > MOST_CHANNELS) {
    throw new Problem(422, `${channels} channels; allowed: 1 to ${MOST_CHANNELS}`);
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
  const frame = channels * format.bits / 8;
  const { length } = part.bytes;
  if (length === 0) throw new Problem(422, "the sound has no samples");
  // Nothing but this tells that the parameters are those of the samples.
  if (length % frame !== 0) {
    throw new Problem(
      422,
      `${length} bytes are not a whole number of samples of ${frame} bytes`,
    );
  }
  checkLength(length / frame / sampleRate, limits);
  const samples = decodePcm(part.bytes, format, channelWeights(channels));
  return { samples, sampleRate, warnings: [] };
}

/**
 * Refuses what no recogniser takes.
 *
 * @throws {Problem} 422 if the rate is out of range.
 */
export function checkRate(sampleRate: number): void {
  const reason = whyNoRate(sampleRate);
  if (reason !== undefined) throw new Problem(422, reason);
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
