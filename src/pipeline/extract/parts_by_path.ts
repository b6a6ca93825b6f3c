import type { Clip } from "../../corpus/clip.ts";
import { withCopies } from "../../corpus/read_first.ts";
import type { Sample } from "../samples/samples.ts";
import type { RunConfig } from "../config.ts";
import { filesOfTrack, type Track, TRACKS } from "./track_keys.ts";

/** A part of a recording, and the tracks that samples take from it. */
export interface ClipPartTracks {
  /** The part. */
  readonly clip: Clip;
  /** What is taken from it. */
  readonly tracks: ReadonlySet<Track>;
}

/** Why tracks of parts of a recording cannot be had, by the names of the parts. */
export type PartProblems = ReadonlyMap<string, ReadonlyMap<Track, string>>;

/** The parts of recordings that samples are taken from, by the path of the recording. */
export function partsByPath(
  samples: readonly Sample[],
  config: Pick<RunConfig, "ear">,
): ReadonlyMap<string, readonly ClipPartTracks[]> {
  const parts = new Map<string, { clip: Clip; tracks: Set<Track> }>();
  for (const sample of samples) {
    for (const track of TRACKS) {
      for (const clip of filesOfTrack(sample, track, config).flatMap(withCopies)) {
        if (!clip.span) continue;
        const part = parts.get(clip.file) ?? { clip, tracks: new Set() };
        parts.set(clip.file, part);
        part.tracks.add(track);
      }
    }
  }
  return Map.groupBy(parts.values(), ({ clip }) => clip.path);
}
