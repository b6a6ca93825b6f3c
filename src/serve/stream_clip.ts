import type { ClipInput } from "../recognize/clip_input.ts";
import type { TimedPrediction } from "../recognize/prediction.ts";
import type { Recognizer, StreamChunk, StreamOptions } from "../recognize/recognizer.ts";
import { Problem } from "./problem.ts";

/** Length of the pieces in which a clip is pushed, in seconds: no more is computed than is asked for. */
const PIECE_SECONDS = 0.5;

/**
 * Predicts along a clip that is there as a whole, as if it arrived piece by piece. Each prediction is
 * computed when it is asked for; returning early frees the stream.
 *
 * @throws {Problem} 422 if there is nothing to go along.
 * @throws {InputError} If the clip is not valid, or an option is out of range.
 */
export function* streamClip(
  recognizer: Recognizer,
  clip: ClipInput,
  options: StreamOptions,
): Generator<TimedPrediction, void> {
  if (clip.embeddings !== undefined) {
    throw new Problem(422, "embeddings cannot be streamed; send frames, or ask without ?stream");
  }
  const stream = recognizer.stream(options);
  try {
    for (const chunk of pieces(clip)) yield* stream.push(chunk);
    yield* stream.end();
  } finally {
    stream.dispose();
  }
}

function* pieces({ samples, sampleRate = 1, frames }: ClipInput): Generator<StreamChunk> {
  const seconds = Math.max(
    (samples?.length ?? 0) / sampleRate,
    frames === undefined ? 0 : frames.n / frames.fps,
  );
  // Bounds from the piece's number, so that no rounding adds up, and none is lost or doubled.
  for (let i = 0; i * PIECE_SECONDS < seconds; i++) {
    const cut = (rate: number, n: number) =>
      [i, i + 1].map((k) => Math.min(n, Math.round(k * PIECE_SECONDS * rate)));
    const [from, to] = samples ? cut(sampleRate, samples.length) : [0, 0];
    const [first, last] = frames ? cut(frames.fps, frames.n) : [0, 0];
    const sound = to > from;
    yield {
      // Where the piece's first sample or frame really is: frames seldom lie on half seconds.
      time: sound ? from / sampleRate : frames && last > first ? first / frames.fps : i * 0.5,
      ...(sound ? { samples: samples!.subarray(from, to), sampleRate } : {}),
      ...(frames && last > first ? { frames: frameRange(frames, first, last) } : {}),
    };
  }
}

function frameRange(frames: NonNullable<ClipInput["frames"]>, first: number, last: number) {
  const size = frames.width * frames.height * (frames.channels ?? 3);
  return { ...frames, data: frames.data.subarray(first * size, last * size), n: last - first };
}
