/** What may be wrong with a split, the gravest first. */
export const SPLIT_LEAKS = [
  "files",
  "bytes",
  "speakers",
  "takes",
  "sound",
  "missing",
  "unlisted",
] as const;

/**
 * A kind of leak: `files` on two sides, files of equal `bytes`, `speakers`, `takes` or near-equal `sound` on
 * two sides; and files that are `missing`, or `unlisted` in any fold, which therefore nobody can vouch for.
 */
export type SplitLeakKind = typeof SPLIT_LEAKS[number];

/** A file with where it is. */
export interface LeakFile {
  /** Its path in the folder, or as the list has it where there is no such file. */
  readonly file: string;
  /** The side that it is on; undefined where it is on none. */
  readonly side?: string;
}

/** Files that do not go together. */
export interface LeakGroup {
  /** What they share, or what is wrong with them: a speaker, a take, a reason; undefined where the kind says it. */
  readonly name?: string;
  /** The files; of a speaker, one of each side. */
  readonly files: readonly LeakFile[];
  /** How many files of the group are on each side, where not all are named. */
  readonly counts?: Readonly<Record<string, number>>;
  /** Share of equal bits of two fingerprints, the least in the group. */
  readonly similarity?: number;
}

/** All that was found of one kind. */
export interface SplitLeak {
  /** The kind. */
  readonly kind: SplitLeakKind;
  /** What was found, in the order of the files. */
  readonly groups: readonly LeakGroup[];
}
