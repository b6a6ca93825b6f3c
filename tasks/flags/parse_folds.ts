import { FlagValueError } from "../../src/corpus/parse/flag_value_error.ts";
import type { GroupBy } from "../../src/corpus/group_values.ts";
import { CORPORA } from "../../src/corpus/registry.ts";
import { parseGroups } from "./parse_groups.ts";
import { OWN_SPLIT } from "../../src/split/protocols/own_split.ts";

/** Most repeats of folds: more would hardly narrow an interval. */
const MOST_REPEATS = 1000;

/** What `--folds` may say. */
export type FoldsFlag =
  | number
  | string
  | { readonly folds: number; readonly repeats: number }
  | { readonly leaveOut: GroupBy }
  | { readonly file: string };

/**
 * Reads `--folds`: a number of folds, `NxR` for R repeats of N folds, `loso` to leave one speaker out,
 * `by:COLUMN` to leave out one value of a column after the other, the name of published folds, or the name of a JSON file of folds.
 *
 * @example
 * ```ts
 * import { parseFolds } from "./parse_folds.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseFolds("6"), 6);
 * assert.deepEqual(parseFolds("5x10"), { folds: 5, repeats: 10 });
 * assert.deepEqual(parseFolds("by:sex"), { leaveOut: { attribute: "sex" } });
 * assert.deepEqual(parseFolds("mine.json"), { file: "mine.json" });
 * ```
 *
 * @throws {FlagValueError} If it is none of these.
 */
export function parseFolds(text: string): FoldsFlag {
  const names = foldNames();
  if (names.includes(text)) return text;
  if (/.\.json$/i.test(text)) return { file: text };
  if (text.startsWith("by:")) {
    const [leaveOut, ...more] = parseGroups(text.slice(3));
    if (more.length === 0) return { leaveOut };
  }
  const match = /^(\d{1,6})(?:x(\d{1,6}))?$/.exec(text);
  const [folds, repeats] = [Number(match?.[1]), Number(match?.[2] ?? 2)];
  if (match === null || folds < 2 || repeats < 2 || repeats > MOST_REPEATS) {
    throw new FlagValueError(
      text,
      "a choice of folds",
      `a number from 2 on, NxR such as 5x10 for 10 repeats of 5 folds (at most ${MOST_REPEATS}), ` +
        `${names.join(", ")}, by:COLUMN such as by:language or by:age:30,45, or a FILE.json`,
    );
  }
  return match[2] === undefined ? folds : { folds, repeats };
}

/** Folds that have names: `loso`, those that were published for a corpus, and those that a list of clips states. */
export function foldNames(): string[] {
  return [
    "loso",
    ...new Set(CORPORA.flatMap(({ folds }) => folds.map(({ name }) => name))),
    OWN_SPLIT,
  ];
}
