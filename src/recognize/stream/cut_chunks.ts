import { usableSound } from "../../audio/usable_sound.ts";
import { refusing } from "../hear_sound.ts";
import type { ClipInput, FrameInput } from "../clip_input.ts";
import type { StreamChunk } from "../recognizer.ts";

/** A frame this little before a cut counts as lying on it, in frames: products of fractions are not exact. */
const NEARLY = 1e-6;

/**
 * Cuts a clip into pieces of `seconds`, as a stream takes them. Every sample and frame is in one piece
 * and keeps its time: where frames do not lie on the cuts, sound and picture of a piece come as two
 * chunks. Sound is brought to full scale first, where it is not at it. Embeddings are left out: a stream takes none.
 *
 * @param seconds Length of a piece, in seconds.
 * @throws {InputError} If a sample is not a finite number.
 *
 * @example
 * ```ts
 * import { cutChunks } from "./cut_chunks.ts";
 * import assert from "node:assert/strict";
 *
 * const clip = { samples: new Float32Array(12_000), sampleRate: 8000 };
 * const chunks = Array.from(cutChunks(clip, 1));
 * assert.deepEqual(chunks.map(({ time, samples }) => [time, samples!.length]), [[0, 8000], [1, 4000]]);
 * ```
 */
export function* cutChunks(
  { samples: given, sampleRate = 1, frames }: ClipInput,
  seconds: number,
): Generator<StreamChunk, void> {
  const samples = given && refusing(() => usableSound(given).samples);
  const length = Math.max(
    samples ? samples.length / sampleRate : 0,
    frames ? frames.n / frames.fps : 0,
  );
  // Bounds from the piece's number, so that no rounding adds up, and none is lost or doubled.
  for (let i = 0; i * seconds < length; i++) {
    const sample = (k: number) => Math.min(samples!.length, Math.round(k * seconds * sampleRate));
    const frame = (k: number) =>
      Math.min(frames!.n, Math.floor(k * seconds * frames!.fps + 1 - NEARLY));
    const [from, to] = samples ? [sample(i), sample(i + 1)] : [0, 0];
    const [first, last] = frames ? [frame(i), frame(i + 1)] : [0, 0];
    const sound = to > from
      ? { time: from / sampleRate, samples: samples!.subarray(from, to), sampleRate }
      : undefined;
    const picture = last > first
      ? { time: first / frames!.fps, frames: frameRange(frames!, first, last) }
      : undefined;
    if (sound && picture && sound.time === picture.time) yield { ...sound, ...picture };
    else yield* [sound, picture].filter((chunk) => chunk !== undefined);
  }
}

function frameRange(frames: FrameInput, first: number, last: number): FrameInput {
  const size = frames.width * frames.height * (frames.channels ?? 3);
  return { ...frames, data: frames.data.subarray(first * size, last * size), n: last - first };
}
