import type { TrackName, TrackProblem } from "./diagnose.ts";
import { MediaError } from "./media_error.ts";
import type { TrackResults } from "./tracks/read_tracks.ts";

/** What was read of a clip's tracks, and what is to be said of them. */
export interface Summary<P, S> {
  /** What was read of the picture, if anything. */
  readonly picture: P | undefined;
  /** What was read of the sound, if anything. */
  readonly sound: S | undefined;
  /** Why a track could not be read. */
  readonly problems: Partial<Record<TrackName, TrackProblem>>;
  /** What should be known of what was read. */
  readonly warnings: string[];
}

/**
 * Sums up what became of a clip's tracks.
 *
 * @param path The clip.
 * @param results What became of each track that was wanted.
 * @param partial Whether one track is enough.
 * @throws {MediaError} If a track could not be read; with `partial`, if none could.
 */
export function summarise<P, S>(
  path: string,
  { picture, sound }: TrackResults<P, S>,
  partial: boolean,
): Summary<P, S> {
  const problems: Partial<Record<TrackName, TrackProblem>> = {};
  if (picture && "problem" in picture) problems.picture = picture.problem;
  if (sound && "problem" in sound) problems.sound = sound.problem;
  const [first] = Object.values(problems);
  const wanted = Number(picture !== undefined) + Number(sound !== undefined);
  if (first && (!partial || Object.keys(problems).length === wanted)) {
    throw new MediaError(path, first.reason);
  }
  return {
    picture: picture && "value" in picture ? picture.value : undefined,
    sound: sound && "value" in sound ? sound.value : undefined,
    problems,
    warnings: [picture, sound].flatMap((result) =>
      result && "value" in result ? result.warnings : []
    ),
  };
}
