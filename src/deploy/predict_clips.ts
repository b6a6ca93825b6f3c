import { basename } from "node:path";
import type { Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import { InputError } from "../recognize/input_error.ts";
import type { Prediction } from "../recognize/prediction.ts";
import type { Recognizer } from "../recognize/recognizer.ts";
import { viewClip } from "./clip_views.ts";
import { type ReadClip, readClip } from "./read_clip.ts";
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
export interface PredictOptions {
  /** Seconds to read from the start of each clip; all of it where left out. */
  readonly seconds?: number;
  /** Told how many of how many seconds of a clip are decoded. */
  readonly onProgress?: (file: string, done: number, total: number) => void;
  /** Makes timelines of windows of this length, in seconds, every half second. */
  readonly timelineWindow?: number;
}

/** Time between two predictions of a timeline, in seconds. */
const HOP = 0.5;

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
      const read = await readClip(decoder, clip.path, recognizer.card, {
        seconds: options.seconds,
        onProgress: options.onProgress && ((done, total) => options.onProgress!(file, done, total)),
      });
      const prediction = recognizer.predict(read.clip);
      if (options.timelineWindow === undefined) yield { file, prediction };
      else {
        const timeline = await makeTimeline(recognizer, decoder, clip, read, prediction, {
          windowSeconds: options.timelineWindow,
        });
        yield { file, prediction, timeline };
      }
    } catch (error) {
      if (error instanceof MediaError) yield { file, reason: error.reason };
      else if (error instanceof InputError) yield { file, reason: error.message };
      else throw error;
    }
  }
}

async function makeTimeline(
  recognizer: Recognizer,
  decoder: Decoder,
  { file, path }: ClipFile,
  { clip: { samples, sampleRate, frames }, info, seconds }: ReadClip,
  whole: Prediction,
  { windowSeconds }: { readonly windowSeconds: number },
): Promise<TimelineClip> {
  const stream = recognizer.stream({ windowSeconds, hopSeconds: HOP });
  try {
    const windows = [
      ...stream.push({ time: 0, samples, sampleRate, frames }),
      ...stream.end(),
    ];
    return {
      file: basename(file),
      seconds,
      whole,
      windows,
      views: await viewClip(decoder, path, info, seconds),
    };
  } finally {
    stream.dispose();
  }
}
