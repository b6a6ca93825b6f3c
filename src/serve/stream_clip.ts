import type { ClipInput } from "../recognize/clip_input.ts";
import { cutChunks } from "../recognize/stream/cut_chunks.ts";
import type { TimedPrediction } from "../recognize/prediction.ts";
import type { Recognizer, StreamOptions } from "../recognize/recognizer.ts";
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
    const told = (prediction: TimedPrediction) => ({
      ...prediction,
      warnings: clip.warnings ?? [],
    });
    for (const chunk of cutChunks(clip, PIECE_SECONDS)) yield* stream.push(chunk).map(told);
    yield* stream.end().map(told);
  } finally {
    stream.dispose();
  }
}
