import { basename } from "node:path";
import { whyBeyond } from "../corpus/span.ts";
import type { Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import { InputError } from "../recognize/input_error.ts";
import type { PredictionOptions, Recognizer } from "../recognize/recognizer.ts";
import { LandmarksError } from "../vision/landmarks/landmarks_error.ts";
import type { ClipFile, ClipOutcome } from "./clip_file.ts";
import { viewClip } from "./clip_views.ts";
import { type FaceFinder, findFaces } from "./faces/find_faces.ts";
import { predictFaces } from "./faces/predict_faces.ts";
import { findSegments, type SpeechFinder } from "./find_segments.ts";
import { predictByLandmarks } from "./landmarks/predict_by_landmarks.ts";
import { LONGEST_RECORDING, planReading, type ReadingPlan } from "./plan_reading.ts";
import { predictClip } from "./predict_clip.ts";
import { predictSpans } from "./predict_spans.ts";

/** How clips are predicted. */
export interface PredictOptions extends PredictionOptions {
  /** Seconds to read from the start of each clip; all of it where left out. */
  readonly seconds?: number;
  /** Told how many of how many seconds of a clip are decoded. */
  readonly onProgress?: (file: string, done: number, total: number) => void;
  /** Finds speech with this, and predicts each segment of a clip in which somebody speaks. */
  readonly speech?: SpeechFinder;
  /** Finds faces with this, and predicts each by itself where there are several. */
  readonly faces?: FaceFinder;
  /** Makes timelines of windows of this length, in seconds, every half second. */
  readonly timelineWindow?: number;
}

/**
 * Predicts clips one after the other. A clip that cannot be read or recognised gives its reason and
 * leaves the others alone. Parts of one recording that follow each other are read in one go.
 */
export async function* predictClips(
  recognizer: Recognizer,
  decoder: Decoder,
  clips: readonly ClipFile[],
  options: PredictOptions = {},
): AsyncGenerator<ClipOutcome> {
  for (let at = 0; at < clips.length;) {
    const { path, span, reason } = clips[at];
    let next = at + 1;
    if (span && reason === undefined) { while (isPartOf(path, clips[next])) next++; }
    const together = clips.slice(at, next);
    at = next;
    if (reason !== undefined) yield failed(together[0], reason);
    else {yield* await outcomesOf(together, () =>
        predictFile(recognizer, decoder, together, options));}
  }
}

function isPartOf(path: string, clip: ClipFile | undefined): boolean {
  return clip?.path === path && clip.span !== undefined && clip.reason === undefined;
}

function failed({ file }: ClipFile, reason: string): ClipOutcome {
  return { file, parts: [{ reason }] };
}

/** What `work` gives, or why it gives nothing. */
async function outcomesOf(
  clips: readonly ClipFile[],
  work: () => Promise<ClipOutcome[]>,
): Promise<ClipOutcome[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MediaError) return clips.map((clip) => failed(clip, error.reason));
    if (error instanceof InputError || error instanceof LandmarksError) {
      return clips.map((clip) => failed(clip, error.message));
    }
    throw error;
  }
}

/** Predicts a file, or several parts of it. */
async function predictFile(
  recognizer: Recognizer,
  decoder: Decoder,
  clips: readonly ClipFile[],
  { seconds, speech, faces, timelineWindow, onProgress, ...asked }: PredictOptions,
): Promise<ClipOutcome[]> {
  const [{ file, path, span, landmarks }] = clips;
  const { card } = recognizer;
  const tell = onProgress && ((done: number, total: number) => onProgress(file, done, total));
  const options = { ...asked, onProgress: tell };
  if (landmarks !== undefined) {
    if (span) {
      const reason = "it is a part of a recording, and landmark files are of whole ones";
      return clips.map((clip) => failed(clip, reason));
    }
    const clip = { path, landmarks };
    const prediction = await predictByLandmarks(recognizer, decoder, clip, { seconds, ...asked });
    return [{ file, parts: [{ prediction }] }];
  }
  if (span) {
    const most = Math.max(...clips.map(({ span }) => span!.end ?? Infinity));
    const plan = await planReading(decoder, path, card, most, LONGEST_RECORDING);
    const beyond = clips.map(({ span }) => whyBeyond(span!, plan.seconds, "recording"));
    const good = clips.flatMap(({ span }, i) =>
      beyond[i] === undefined ? [{ start: span!.start, end: span!.end ?? plan.seconds }] : []
    );
    const parts = await predictSpans(recognizer, decoder, plan, good, options);
    return clips.map(({ file, span }, i) => {
      const reason = beyond[i];
      const part = reason === undefined
        ? parts.shift()!
        : { start: span!.start, end: span!.end, reason };
      return { file, parts: [part] };
    });
  }
  if (speech) {
    const plan = await planReading(decoder, path, card, seconds, LONGEST_RECORDING);
    const { segments, spoken } = await findSegments(decoder, speech, plan, card, tell);
    const found = await predictSpans(recognizer, decoder, plan, segments, options);
    const parts = spoken ? found : found.filter((part) => "prediction" in part);
    return [{ file, parts: parts.length > 0 ? parts : [{ reason: whyNoSegment(plan) }] }];
  }
  const plan = await planReading(decoder, path, card, seconds);
  const tracks = faces ? await findFaces(decoder, faces, plan) : [];
  if (tracks.length > 1) {
    return [{ file, parts: await predictFaces(recognizer, decoder, plan, tracks, options) }];
  }
  const { whole, windows } = await predictClip(recognizer, decoder, plan, {
    timelineWindow,
    ...options,
  });
  const parts = [{ prediction: whole }];
  if (timelineWindow === undefined) return [{ file, parts }];
  const views = await viewClip(decoder, path, plan.info, plan.seconds);
  const timeline = { file: basename(file), seconds: plan.seconds, whole, windows, views };
  return [{ file, parts, timeline }];
}

function whyNoSegment({ picture }: ReadingPlan): string {
  return picture ? "nobody speaks in it, and it shows no face" : "nobody speaks in it";
}
