import { LANDMARK_DESCRIPTORS } from "./describe_face.ts";
import { describeTrack } from "./describe_track.ts";
import type { LandmarkTrack } from "./landmark_track.ts";
import { LANDMARK_STATISTICS, TRACK_FPS } from "./landmark_statistics.ts";
import { type SeriesStatistic, seriesStatistics } from "./series_statistics.ts";

/** The statistics that say where a descriptor lies, not how it moves. */
const LEVELS: readonly SeriesStatistic[] = ["mean", "q05", "q25", "q50", "q75", "q95"];

/** The descriptors of the face itself: the head's turn and place are not its expression. */
const OF_FACE = LANDMARK_DESCRIPTORS.filter((name) => !name.startsWith("head-"));

/** Names of the 90 levels in their order, such as `mouth-opening/q95`: some of {@linkcode LANDMARK_STATISTICS}. */
export const LANDMARK_LEVELS: readonly string[] = OF_FACE
  .flatMap((name) => LEVELS.map((level) => `${name}/${level}`));

/** Where each level is among the statistics. */
const PLACES = LANDMARK_LEVELS.map((name) => LANDMARK_STATISTICS.indexOf(name));

/**
 * Where the descriptors of a clip's facial geometry lie: of each of the 15 that are the face's own, not the head's, the
 * mean and five quantiles. Lengths are in inter-ocular distances.
 *
 * @returns 90 numbers, named by {@linkcode LANDMARK_LEVELS}.
 *
 * @throws {RangeError} If the track has no frame.
 */
export function landmarkLevels(track: LandmarkTrack): Float32Array {
  const { frames, descriptors } = describeTrack(track, TRACK_FPS);
  const width = LANDMARK_DESCRIPTORS.length;
  const out = new Float32Array(LANDMARK_LEVELS.length);
  OF_FACE.forEach((name, i) => {
    const k = LANDMARK_DESCRIPTORS.indexOf(name);
    const series = Float32Array.from({ length: frames }, (_, t) => descriptors[t * width + k]);
    out.set(seriesStatistics(series, TRACK_FPS, LEVELS), i * LEVELS.length);
  });
  return out;
}

/**
 * The levels among all statistics of a clip.
 *
 * @param statistics What `landmarkStatistics` gave [1152].
 */
export function levelsOf(statistics: Float32Array): Float32Array {
  return Float32Array.from(PLACES, (place) => statistics[place]);
}
