import type { Decoder } from "../../media/decoder.ts";
import { InputError } from "../../recognize/input_error.ts";
import type { Prediction } from "../../recognize/prediction.ts";
import type { Recognizer } from "../../recognize/recognizer.ts";
import type { FaceTrack } from "../../vision/faces/follow_faces.ts";
import type { PredictedPart } from "../clip_file.ts";
import type { ReadingPlan } from "../plan_reading.ts";
import type { PredictSpansOptions } from "../predict_spans.ts";
import { LOOKS } from "./find_faces.ts";
import { followedSquare } from "./followed_square.ts";
import { showFace, shownShape } from "./show_face.ts";
import { WHOSE_FACE, WHOSE_VOICE } from "./whose.ts";

/**
 * Recognises each of several faces of a film by itself: the model is shown nothing but what is about the face, which is
 * followed. One that looks for faces is shown it as large and at the place where it is, so that it says what it would
 * say of the face alone; one that takes whole pictures is shown it large. Whose voice is heard is not known, so that
 * each goes by the face alone, and the voice by itself.
 *
 * @returns What is said of the voice, where there is one, and of each face, in the order of the tracks.
 *
 * @throws {MediaError} If the film cannot be decoded.
 */
export async function predictFaces(
  recognizer: Recognizer,
  decoder: Pick<Decoder, "decode">,
  plan: ReadingPlan,
  tracks: readonly FaceTrack[],
  { onProgress, ...asked }: PredictSpansOptions = {},
): Promise<PredictedPart[]> {
  const { path, info, picture, sampleRate, seconds, most } = plan;
  const { fps, width, height } = picture!;
  const { video } = recognizer.card;
  const followed = tracks.map((track) => ({
    track,
    start: track[0].look / LOOKS,
    end: Math.min(seconds, (track.at(-1)!.look + 1) / LOOKS),
    pieces: recognizer.pieces({ ...picture!, ...shownShape(video!, picture!) }, asked),
  }));
  let seen = 0;
  await decoder.decode(path, {
    ...picture,
    seconds: most,
    sound: false,
    onFrames(frames, count) {
      const length = frames.length / count;
      for (let i = 0; i < count; i++, seen++) {
        const time = seen / fps;
        const frame = frames.subarray(i * length, (i + 1) * length);
        for (const { track, start, end, pieces } of followed) {
          if (time < start || time >= end) continue;
          const box = followedSquare(track, time, { height, width });
          pieces.push(showFace(video!, frame, { height, width }, box).data);
        }
      }
    },
    onProgress: onProgress && ((done) => onProgress(Math.min(done, seconds), seconds)),
  });
  const missing = sampleRate !== undefined ? { audio: WHOSE_VOICE } : {};
  const { warnings } = info;
  const faces = followed.map(({ start, end, pieces }, i) => ({
    ...judged(() => pieces.predict({ warnings, missing })),
    start,
    end,
    face: i + 1,
  }));
  if (sampleRate === undefined) return faces;
  const { samples } = await decoder.decode(path, { picture: false, sampleRate, seconds: most });
  const voice = { samples, sampleRate, warnings, missing: { video: WHOSE_FACE } };
  return [judged(() => recognizer.predict(voice, asked)), ...faces];
}

/** What `predict` says, or why it says nothing. */
function judged(
  predict: () => Prediction,
): { readonly prediction: Prediction } | { readonly reason: string } {
  try {
    return { prediction: predict() };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { reason: error.message };
  }
}
