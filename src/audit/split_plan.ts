import type { FoldPreset } from "../corpus/corpus.ts";
import type { AuditFile } from "./audit_file.ts";
import type { SplitEntry } from "./parse_split_list.ts";
import { SplitError } from "./split_error.ts";

/** A split to be audited. */
export interface SplitPlan {
  /** What it is called: its files, or the name of published folds. */
  readonly name: string;
  /**
   * Whether its sides are `folds`, each of which is once tested by models of the others, or `sets` for training
   * and testing. Folds are to hold every file, sets are not.
   */
  readonly kind: "folds" | "sets";
  /** The files on its sides, in the order in which they are written. */
  readonly entries: readonly SplitEntry[];
}

/** Names of sides that are no folds. */
const SET = /^(train|dev|devel|val|valid|test|eval|training|development|validation|testing)$/i;

/**
 * A split of what lists say.
 *
 * @param name What it is called.
 *
 * @throws {SplitError} If all files are on one side.
 *
 * @example
 * ```ts
 * import { splitPlan } from "./split_plan.ts";
 * import assert from "node:assert/strict";
 *
 * const entries = ["train", "test"].map((side) => ({ file: `${side}.wav`, side, where: "" }));
 * assert.equal(splitPlan("mine.csv", entries).kind, "sets");
 * assert.throws(() => splitPlan("mine.csv", entries.slice(1)), /all files are in test/);
 * ```
 */
export function splitPlan(name: string, entries: readonly SplitEntry[]): SplitPlan {
  const sides = new Set(entries.flatMap(({ side }) => side === undefined ? [] : [side]));
  if (sides.size === 0) throw new SplitError(name, "no file is in any fold");
  if (sides.size === 1) {
    const [only] = sides;
    throw new SplitError(
      name,
      `all files are in ${only}: a split needs two sides, such as train and test`,
    );
  }
  return { name, kind: [...sides].some((side) => SET.test(side)) ? "sets" : "folds", entries };
}

/**
 * Published folds as a split of the files; those whose speakers they do not name are in no fold.
 *
 * @throws {SplitError} If fewer than two folds have a file.
 */
export function presetPlan(
  { name, speakers }: FoldPreset,
  files: readonly AuditFile[],
): SplitPlan {
  const entriesOf = (of: readonly string[], side?: string) =>
    files.filter(({ speaker }) => speaker !== undefined && of.includes(speaker))
      .map(({ file }) => ({ file, side, where: name }));
  const known = new Set(speakers.flat());
  const others = files.flatMap(({ speaker }) => speaker && !known.has(speaker) ? [speaker] : []);
  const entries = [
    ...speakers.flatMap((fold, i) => entriesOf(fold, `fold-${i + 1}`)),
    ...entriesOf([...new Set(others)]),
  ];
  return splitPlan(name, entries);
}
