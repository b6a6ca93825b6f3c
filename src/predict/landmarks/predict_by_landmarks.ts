import type { Decoder } from "../../media/decoder.ts";
import { MediaError } from "../../media/media_error.ts";
import type { ClipInput } from "../../recognize/clip_input.ts";
import type { Prediction } from "../../recognize/prediction.ts";
import type { PredictionOptions, Recognizer } from "../../recognize/recognizer.ts";
import { readLandmarks } from "../../vision/landmarks/read_landmarks.ts";
import { planReading } from "../plan_reading.ts";

/** A clip and its landmark file. */
export interface LandmarkedClip {
  /** Where the clip lies. */
  readonly path: string;
  /** Where the landmarks of its face lie. */
  readonly landmarks: string;
}

/**
 * Recognises a clip by the landmarks of its face, and by its sound where the model listens. A clip whose sound cannot
 * be decoded is recognised by the landmarks alone; a model that does not listen opens no clip.
 *
 * @param seconds Read this much of the start of both.
 *
 * @throws {LandmarksError} If the landmark file cannot be used.
 * @throws {InputError} If the model takes no landmarks, or nothing can be used.
 */
export async function predictByLandmarks(
  recognizer: Recognizer,
  decoder: Decoder,
  clip: LandmarkedClip,
  { seconds, ...asked }: PredictionOptions & { readonly seconds?: number } = {},
): Promise<Prediction> {
  const input = await readLandmarked(recognizer, decoder, clip, seconds);
  return recognizer.predict(input, asked);
}

/**
 * What a clip and its landmark file give to a recogniser.
 *
 * @throws {LandmarksError} If the landmark file cannot be used.
 */
export async function readLandmarked(
  { card }: Pick<Recognizer, "card">,
  decoder: Decoder,
  { path, landmarks: file }: LandmarkedClip,
  seconds?: number,
): Promise<ClipInput> {
  const { track: landmarks, warnings } = await readLandmarks(file, { seconds });
  if (!card.audio) return { landmarks, warnings };
  try {
    const plan = await planReading(decoder, path, card, seconds);
    const { sampleRate, most } = plan;
    const decoded = await decoder.decode(path, { sampleRate, picture: false, seconds: most });
    return {
      landmarks,
      samples: decoded.samples,
      sampleRate,
      warnings: [...warnings, ...decoded.warnings],
    };
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    return { landmarks, warnings, missing: { audio: error.reason } };
  }
}
