import type { ClipFile } from "../../src/predict/clip_file.ts";
import { matchLandmarks } from "../../src/predict/landmarks/match_landmarks.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import { UsageError } from "../command.ts";
import { resolvePath } from "../paths.ts";

/** What the flags of `deno task predict` say of landmark files. */
export interface LandmarkFlags {
  /** A file or a folder, as it was typed. */
  readonly landmarks?: string;
}

/**
 * Checks that the model goes by landmark files where `--landmarks` names any, and has them where it goes by nothing else.
 *
 * @throws {UsageError} If it does not.
 */
export function checkLandmarkModel({ landmarks }: LandmarkFlags, card: ModelCard): void {
  if (landmarks === undefined && card.landmarks && !card.audio) {
    throw new UsageError("the model goes by landmark files alone: name them with --landmarks");
  }
  if (landmarks !== undefined && !card.landmarks) {
    throw new UsageError(
      `--landmarks ${landmarks} is for models that were trained on landmark files, and this one was ` +
        "not: leave it out, or train one with deno task train --landmarks DIR",
    );
  }
}

/**
 * The clips with the landmark files that `--landmarks` names.
 *
 * @throws {LandmarksError} If they cannot be read, or none is of any of the clips.
 */
export async function withLandmarks(
  clips: readonly ClipFile[],
  { landmarks }: LandmarkFlags,
): Promise<readonly ClipFile[]> {
  return landmarks === undefined ? clips : await matchLandmarks(clips, resolvePath(landmarks));
}
