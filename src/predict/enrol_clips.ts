import type { Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import type { Enrolment } from "../recognize/enrol/enrolment.ts";
import { InputError } from "../recognize/input_error.ts";
import type { Recognizer } from "../recognize/recognizer.ts";
import { planReading } from "./plan_reading.ts";
import { LandmarksError } from "../vision/landmarks/landmarks_error.ts";
import type { ClipFile } from "./clip_file.ts";
import { readLandmarked } from "./landmarks/predict_by_landmarks.ts";

/** How clips are enrolled. */
export interface EnrolOptions {
  /** Seconds to read from the start of each clip; all of it where left out. */
  readonly seconds?: number;
  /** Told why a clip says nothing of the person. */
  readonly onSkipped?: (file: string, reason: string) => void;
}

/**
 * Gets to know a person by clip files without labels, one after the other. Clips that have a landmark file are
 * known by it; else frames are looked at while they are decoded
 * and are not kept. A clip that cannot be used is skipped.
 *
 * @param clips They are of one person.
 * @throws {InputError} If none of them can be used.
 */
export async function enrolClips(
  recognizer: Recognizer,
  decoder: Decoder,
  clips: readonly ClipFile[],
  { seconds, onSkipped }: EnrolOptions = {},
): Promise<Enrolment> {
  let enrolment: Enrolment | undefined;
  for (const { file, path, landmarks, span, reason } of clips) {
    if (reason !== undefined || span) {
      onSkipped?.(file, reason ?? "it is a part of a recording: cut it out");
      continue;
    }
    try {
      if (landmarks !== undefined) {
        const clip = await readLandmarked(recognizer, decoder, { path, landmarks }, seconds);
        enrolment = recognizer.enrol([clip], enrolment);
        continue;
      }
      const plan = await planReading(decoder, path, recognizer.card, seconds);
      const { picture, sampleRate, most } = plan;
      const pieces = picture && recognizer.pieces(picture);
      const { samples } = await decoder.decode(path, {
        ...picture,
        sampleRate,
        sound: sampleRate !== undefined,
        picture: picture !== undefined,
        seconds: most,
        onFrames: pieces && ((frames) => pieces.push(frames)),
      });
      const sound = sampleRate === undefined ? {} : { samples, sampleRate };
      enrolment = pieces ? pieces.enrol(sound, enrolment) : recognizer.enrol([sound], enrolment);
    } catch (error) {
      if (error instanceof MediaError) onSkipped?.(file, error.reason);
      else if (error instanceof InputError || error instanceof LandmarksError) {
        onSkipped?.(file, error.message);
      } else throw error;
    }
  }
  if (enrolment === undefined) {
    throw new InputError(`none of ${clips.length} clips says anything of the person in it`);
  }
  return enrolment;
}
