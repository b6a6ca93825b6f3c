import type {
  Channel,
  Emotion,
  Intensity,
  Modality,
  RavdessName,
  Repetition,
  Statement,
} from "./ravdess/fields.ts";
import type { Clip } from "./scan.ts";

/** Which clips to keep. A field that is left out lets every value pass; an empty list lets none. */
export interface ClipFilter {
  /** Modality codes to keep. Default: all. */
  readonly modalities?: readonly Modality[];
  /** Vocal channels to keep. Default: both. */
  readonly channels?: readonly Channel[];
  /** Emotions to keep. Default: all eight. */
  readonly emotions?: readonly Emotion[];
  /** Intensities to keep. Default: both. */
  readonly intensities?: readonly Intensity[];
  /** Statements to keep. Default: both. */
  readonly statements?: readonly Statement[];
  /** Repetitions to keep. Default: both. */
  readonly repetitions?: readonly Repetition[];
  /** Actors to keep. Default: all. */
  readonly actors?: readonly number[];
}

const FIELD_OF: Record<keyof ClipFilter, keyof RavdessName> = {
  modalities: "modality",
  channels: "channel",
  emotions: "emotion",
  intensities: "intensity",
  statements: "statement",
  repetitions: "repetition",
  actors: "actor",
};

/**
 * The clips that pass every part of the filter, in their order.
 *
 * @example
 * ```ts
 * import { filterClips } from "./filter.ts";
 * import { parseRavdessName } from "./ravdess/name.ts";
 * import assert from "node:assert/strict";
 *
 * const clips = ["01-01-02-01-01-01-01.mp4", "01-01-05-01-01-01-02.mp4"].map((file) => ({
 *   path: `/data/${file}`,
 *   file,
 *   name: parseRavdessName(file),
 *   performance: file.slice(3, 20),
 * }));
 * assert.deepEqual(filterClips(clips, { emotions: ["angry"] }), [clips[1]]);
 * ```
 */
export function filterClips(clips: readonly Clip[], filter: ClipFilter): Clip[] {
  const tests = (Object.keys(FIELD_OF) as (keyof ClipFilter)[])
    .filter((key) => filter[key] !== undefined)
    .map((key) => ({ field: FIELD_OF[key], wanted: new Set<unknown>(filter[key]) }));
  return clips.filter((clip) => tests.every(({ field, wanted }) => wanted.has(clip.name[field])));
}
