import { mostOf } from "../segments/most_of.ts";
import type { MadeRecording } from "../segments/recording.ts";
import { boundaryScore, type Score } from "../segments/score.ts";
import type { CastClip } from "./cast.ts";
import { type Judge, JUDGES, rowsUar } from "./judge_rows.ts";
import type { PredictedRow } from "./run_predict.ts";

/** Unweighted average recall on some clips. */
export interface FilmUar {
  /** Whether the clips have a face, and what is gone by. */
  readonly clips: "face and voice" | "voice alone" | "all";
  readonly judge: Judge;
  /** How many clips, of how many labels. */
  readonly count: number;
  readonly labels: number;
  /** Of the clips as files of their own, and of the film's segments. */
  readonly alone: number;
  readonly inFilm: number;
}

/** In how many of some segments a face was used. */
export interface FaceCount {
  /** The segments. */
  readonly segments: number;
  /** Those that go by a face. */
  readonly used: number;
}

/** How well a film was recognised. */
export interface FilmJudgement {
  /** Clips of the long film, segments that were found in it, and those that are of no clip. */
  readonly clips: number;
  readonly found: number;
  readonly strange: number;
  /** Starts and ends, to within half a second. */
  readonly boundaries: Score;
  /** How well it is recognised. */
  readonly uars: readonly FilmUar[];
  /** Segments of clips with a face and of those without, and in how many of them one was used. */
  readonly faces: { readonly with: FaceCount; readonly without: FaceCount };
}

/** How far a boundary may be off, in seconds. */
const TOLERANCE = 0.5;

/** A row of a film's segment. */
type SegmentRow = PredictedRow & { readonly start: number; readonly end: number };

/**
 * Compares the rows of a film's segments with the clips that are in it, and with what is said of the clips as files of
 * their own.
 */
export function judgeFilm(
  { clips }: MadeRecording,
  cast: readonly CastClip[],
  rows: readonly PredictedRow[],
  alone: readonly PredictedRow[],
): FilmJudgement {
  const found = rows.filter((row): row is SegmentRow => row.start !== undefined);
  const placed = clips.map(({ clip, speech }) => ({
    clip,
    hasFace: cast.find((one) => one.clip === clip)!.shows !== "nothing",
    row: mostOf(found, speech),
    alone: alone.find((row) => row.clip === clip.path),
  }));
  const truth = clips.map(({ speech }) => speech);
  const seen = placed.filter(({ hasFace }) => hasFace);
  const heard = placed.filter(({ hasFace }) => !hasFace);
  const uars = [
    ...JUDGES.map((judge) => ["face and voice", judge, seen] as const),
    ["voice alone", "both", heard] as const,
    ["all", "both", placed] as const,
  ].map(([name, judge, some]) => {
    const own = some.map(({ clip }) => clip);
    return {
      clips: name,
      judge,
      count: own.length,
      labels: new Set(own.map(({ label }) => label)).size,
      alone: rowsUar(own, some.map(({ alone }) => alone), judge),
      inFilm: rowsUar(own, some.map(({ row }) => row), judge),
    };
  });
  const count = (some: typeof placed): FaceCount => {
    const segments = some.flatMap(({ row }) => row ? [row] : []);
    const used = segments.filter((row) => row.used?.includes("video"));
    return { segments: segments.length, used: used.length };
  };
  return {
    clips: clips.length,
    found: found.length,
    strange: found.filter((row) => mostOf(truth, row) === undefined).length,
    boundaries: boundaryScore(found, truth, TOLERANCE),
    uars,
    faces: { with: count(seen), without: count(heard) },
  };
}
