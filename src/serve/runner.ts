import type { ClipInput } from "../recognize/clip_input.ts";
import type { Enrolment } from "../recognize/enrol/enrolment.ts";
import type { ModelCard } from "../recognize/bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "../recognize/prediction.ts";
import type { PredictionOptions, StreamOptions } from "../recognize/recognizer.ts";
import type { Upload } from "./upload.ts";

/** What is to be predicted: an upload to be understood first, or a clip that is decoded already. */
export type ClipSource =
  | { readonly upload: Upload }
  | { readonly clip: ClipInput };

/**
 * Does the endpoint's work, one clip at a time or several, here or in workers. What is wrong with a clip
 * is thrown as a `Problem`; any other error is taken for a defect. When `signal` aborts, the work should
 * end soon; nobody waits for its result any more.
 */
export interface Runner {
  /** The card of the model behind it. */
  readonly card: ModelCard;
  /** Predicts a whole clip. */
  predict(
    source: ClipSource,
    signal: AbortSignal,
    options?: PredictionOptions,
  ): Promise<Prediction>;
  /** What a clip says of the person in it, and what is known of the same person already. */
  enrol(
    source: ClipSource,
    former: Enrolment | undefined,
    signal: AbortSignal,
  ): Promise<Enrolment>;
  /** Predicts along a clip; each prediction is computed when it is asked for. */
  stream(
    source: ClipSource,
    options: StreamOptions,
    signal: AbortSignal,
  ): AsyncIterable<TimedPrediction>;
  /** How many workers were replaced, for metrics; undefined where there are none. */
  readonly replaced?: number;
}

/**
 * Decodes a clip in a container (MP4, WebM, MP3, ...). Throws a `Problem`, 422, for one that cannot be
 * decoded, and 413 for one that is longer than allowed.
 */
export type DecodeClip = (
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
) => Promise<ClipInput>;
