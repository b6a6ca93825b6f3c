import { faceRemarks } from "../../recognize/words/face_remarks.ts";
import type { Prediction } from "../../recognize/prediction.ts";
import type { PredictedPart } from "../clip_file.ts";

/**
 * What is said of a clip, or of a part of it, as JSON: the clip's name, the part's times where it is one, which of
 * several faces it is of, and the
 * fields of a prediction as the HTTP service gives them, or `error`.
 */
export function partRecord(file: string, part: PredictedPart): Record<string, unknown> {
  const { start, end, face } = part;
  return {
    clip: file,
    ...(start === undefined ? {} : { start, end }),
    ...(face === undefined ? {} : { faceNumber: face }),
    ...("reason" in part ? { error: part.reason } : part.prediction),
  };
}

/**
 * What should be known of a prediction, a part of a sentence each: what an uncertain one is likeliest, what is missing,
 * the face, the sound.
 */
export function predictionNotes(
  { label, likeliest, fallback, face, warnings }: Prediction,
): string[] {
  return [
    ...label === likeliest ? [] : [`likeliest: ${likeliest}`],
    ...fallback === undefined ? [] : [fallback],
    ...face ? faceRemarks(face) : [],
    ...warnings,
  ];
}
