import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import { activeFrames } from "../../src/audio/active_frames.ts";
import type { Dsp } from "../../src/audio/dsp.ts";
import type { Clip } from "../../src/corpus/clip.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { joinFloats } from "../../src/numeric/join_floats.ts";
import { Random } from "../../src/numeric/random.ts";
import type { Segment } from "../../src/segment/speech_segments.ts";
import { fill, FILLERS, pinkNoise } from "./fillers.ts";

/** A clip inside a recording. */
export interface PlacedClip {
  /** The clip. */
  readonly clip: Clip;
  /** Where its own sound begins, in seconds of the recording. */
  readonly start: number;
  /** From its first sound to its last, in seconds of the recording. */
  readonly speech: Segment;
  /** Its own sound. */
  readonly samples: Float32Array;
}

/** A long recording of which it is known where somebody speaks. */
export interface MadeRecording {
  /** Its sound without noise, mono at {@linkcode VAD_RATE}. */
  readonly samples: Float32Array;
  /** The clips in it, in order. */
  readonly clips: readonly PlacedClip[];
}

/** Frames in which the first and the last sound of a clip are looked for, in samples: 100 a second. */
const FRAMES = { frameLength: 512, hopLength: VAD_RATE / 100 };

/** Root mean square of what is spoken, and how much single clips differ from it at most, in dB. */
const SPEECH_LEVEL = 0.05;
const LEVELS = 6;

/** Pauses, in seconds: from short ones between sentences to the length of a song's beginning. */
const PAUSES = [0.7, 1.5, 4, 8, 14];

/** How a recording is made. */
export interface RecordingOptions {
  /** What order, pauses and their sounds are drawn by. */
  readonly seed: number;
  /**
   * How much longer than {@linkcode PAUSES} the pauses are.
   *
   * @default {1}
   */
  readonly stretch?: number;
  /**
   * Clips begin at multiples of so many samples.
   *
   * @default {1}
   */
  readonly step?: number;
}

/**
 * Puts clips one after the other, in an order of chance, with pauses between them of which a third is filled with
 * music, a third with noises, and a third with nothing. Clips are brought to about the same level, as recorders do, for
 * corpora differ by more than voices. They begin and end with silence of their own; where somebody
 * speaks is from the first frame that is within 30 dB of the loudest to the last.
 */
export async function makeRecording(
  dsp: Dsp,
  decoder: Decoder,
  clips: readonly Clip[],
  { seed, stretch = 1, step = 1 }: RecordingOptions,
): Promise<MadeRecording> {
  const random = new Random(seed);
  const parts: Float32Array[] = [];
  const placed: PlacedClip[] = [];
  let at = 0;
  const add = (samples: Float32Array) => {
    parts.push(samples);
    at += samples.length;
  };
  for (const i of random.permutation(clips.length)) {
    const clip = clips[i];
    const pause = stretch * PAUSES[random.int(PAUSES.length)] * random.uniform(0.8, 1.2);
    const begin = step * Math.ceil(Math.round(at + VAD_RATE * pause) / step);
    add(fill(FILLERS[random.int(FILLERS.length)], begin - at, random));
    const options = { picture: false, sampleRate: VAD_RATE, seconds: 30 };
    const decoded = (await decoder.decode(clip.path, options)).samples;
    const [from, to] = activeFrames(dsp, decoded, FRAMES).active;
    const spoken = decoded.subarray(from * FRAMES.hopLength, to * FRAMES.hopLength);
    const level = SPEECH_LEVEL * 10 ** (random.uniform(-LEVELS, LEVELS) / 20) /
      rootMeanSquare(spoken);
    const samples = decoded.map((value) => value * level);
    const time = (frame: number) => at / VAD_RATE + frame / 100;
    const speech = { start: time(from), end: time(to) };
    placed.push({ clip, samples, start: time(0), speech });
    add(samples);
  }
  return { samples: joinFloats(parts), clips: placed };
}

/** The recording with pink noise all along it, `snr` dB below the level of speech. */
export function withNoise(
  { samples }: MadeRecording,
  snr: number,
  seed: number,
): Float32Array {
  if (snr === Infinity) return samples;
  const level = SPEECH_LEVEL * 10 ** (-snr / 20);
  const noise = pinkNoise(samples.length, new Random(seed));
  return samples.map((value, t) => value + level * noise[t]);
}

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / samples.length);
}
