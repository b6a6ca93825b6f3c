/**
 * What the worker needs where all of several faces are recognised: loaded only then.
 *
 * @module
 */

import type { PredictedPart } from "../../src/predict/clip_file.ts";
import { FaceStreams } from "../../src/predict/faces/face_streams.ts";
import { followLive, followTracks } from "../../src/predict/faces/faces_at.ts";
import { findFaces } from "../../src/predict/faces/find_faces.ts";
import { predictFaces } from "../../src/predict/faces/predict_faces.ts";
import { memoryDecoder } from "../../src/predict/memory_decoder.ts";
import type { ReadingPlan } from "../../src/predict/plan_reading.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type {
  PredictionOptions,
  Recognizer,
  StreamOptions,
} from "../../src/recognize/recognizer.ts";
import type { FaceTrack } from "../../src/vision/faces/follow_faces.ts";
import type { WorkerStream } from "./worker_stream.ts";

/** So many faces of a camera are recognised at once, the largest first: the computer must keep up. */
const MOST_LIVE = 6;

/** What is said of the faces of a film, and where they are. */
export interface FilmFaces {
  /** What is said of the voice and of each face; empty where there are not several. */
  readonly parts: PredictedPart[];
  /** The faces. */
  readonly tracks: readonly FaceTrack[];
}

/**
 * Predicts each of several faces of a clip, and its voice.
 *
 * @throws {InputError} If the clip is not valid.
 */
export async function predictFilm(
  recognizer: Recognizer,
  clip: ClipInput,
  options: PredictionOptions,
): Promise<FilmFaces> {
  const { samples, sampleRate, frames, warnings = [], missing = {} } = clip;
  if (!frames || !recognizer.card.video) return { parts: [], tracks: [] };
  const { width, height, fps } = frames;
  const pictureSeconds = frames.n / fps;
  const seconds = Math.max(pictureSeconds, samples ? samples.length / sampleRate! : 0);
  const plan: ReadingPlan = {
    path: "the clip",
    info: {
      seconds,
      pictureSeconds,
      hasPicture: true,
      hasSound: samples !== undefined,
      silent: false,
      width,
      height,
      fps,
      problems: {},
      warnings,
    },
    sampleRate: recognizer.card.audio && samples ? sampleRate : undefined,
    picture: { width, height, fps },
    seconds,
    most: seconds,
    missing,
  };
  const decoder = memoryDecoder(clip);
  const tracks = await findFaces(
    decoder,
    { detector: detectorOf(recognizer), most: Infinity },
    plan,
  );
  const parts = tracks.length > 1
    ? await predictFaces(recognizer, decoder, plan, tracks, options)
    : [];
  return { parts, tracks };
}

/**
 * A stream in which each face is recognised by itself, and the voice.
 *
 * @param tracks The faces, where they are known; else they are followed as they come.
 */
export function facesStream(
  recognizer: Recognizer,
  options: StreamOptions,
  tracks?: readonly FaceTrack[],
): WorkerStream {
  const facesAt = tracks
    ? followTracks(tracks)
    : followLive({ detector: detectorOf(recognizer), most: MOST_LIVE });
  const streams = new FaceStreams(recognizer, facesAt, options);
  return {
    push: (chunk) => streams.push(chunk),
    faces() {
      const { time, faces } = streams.seen;
      return {
        time,
        faces: faces.map(({ face, faceNumber }) => ({ ...face, faceNumber, isJudged: true })),
      };
    },
    end: () => streams.end(),
    dispose: () => streams.dispose(),
  };
}

function detectorOf(recognizer: Recognizer) {
  return {
    detect: (picture: Uint8Array, height: number, width: number) =>
      recognizer.findFaces(picture, height, width),
  };
}
