import { basename } from "node:path";
import type { Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import { InputError } from "../recognize/input_error.ts";
import type { Prediction } from "../recognize/prediction.ts";
import type { PredictionOptions, Recognizer } from "../recognize/recognizer.ts";
import { viewClip } from "./clip_views.ts";
import { planReading } from "./plan_reading.ts";
import { predictClip } from "./predict_clip.ts";
import type { TimelineClip } from "./timeline.ts";

/** A clip to predict. */
export interface ClipFile {
  /** What it is called. */
  readonly file: string;
  /** Where it lies. */
  readonly path: string;
}

/** What became of a clip: its prediction, or why there is none. */
export type ClipOutcome =
  & { readonly file: string }
  & ({ readonly prediction: Prediction; readonly timeline?: TimelineClip } | {
    readonly reason: string;
  });

/** How clips are predicted. */
export interface PredictOptions extends PredictionOptions {
  /** Seconds to read from the start of each clip; all of it where left out. */
  readonly seconds?: number;
  /** Told how many of how many seconds of a clip are decoded. */
  readonly onProgress?: (file: string, done: number, total: number) => void;
  /** Makes timelines of windows of this length, in seconds, every half second. */
  readonly timelineWindow?: number;
}

/**
 * Predicts clips one after the other. A clip that cannot be read or recognised gives its reason and
 * leaves the others alone.
 */
export async function* predictClips(
  recognizer: Recognizer,
  decoder: Decoder,
  clips: readonly ClipFile[],
  options: PredictOptions = {},
): AsyncGenerator<ClipOutcome> {
  for (const clip of clips) {
    const { file } = clip;
    try {
      const plan = await planReading(decoder, clip.path, recognizer.card, options.seconds);
      const { whole, windows } = await predictClip(recognizer, decoder, plan, {
        timelineWindow: options.timelineWindow,
        minConfidence: options.minConfidence,
        enrolment: options.enrolment,
        onProgress: options.onProgress && ((done, total) => options.onProgress!(file, done, total)),
      });
      if (options.timelineWindow === undefined) yield { file, prediction: whole };
      else {
        const { path, info, seconds } = plan;
        const views = await viewClip(decoder, path, info, seconds);
        const timeline = { file: basename(file), seconds, whole, windows, views };
        yield { file, prediction: whole, timeline };
      }
    } catch (error) {
      if (error instanceof MediaError) yield { file, reason: error.reason };
      else if (error instanceof InputError) yield { file, reason: error.message };
      else throw error;
    }
  }
}
