import type { FoldPreset } from "../corpus/corpus.ts";
import { type CorpusWords, GENERAL_WORDS } from "../corpus/words.ts";
import { ProtocolError } from "./protocol_error.ts";

/**
 * The numbers of the published folds of which no speaker is at hand, from 1 on.
 *
 * @example
 * ```ts
 * import { missingFolds } from "./preset_folds.ts";
 * import assert from "node:assert/strict";
 *
 * const preset = { name: "paper", speakers: [["2", "5"], ["3", "6"], ["1", "4"]], source: "a paper" };
 * assert.deepEqual(missingFolds(preset, ["1", "2", "4", "5"]), [2]);
 * ```
 */
export function missingFolds(
  { speakers: published }: FoldPreset,
  speakers: Iterable<string>,
): number[] {
  const present = new Set(speakers);
  return published.flatMap((fold, i) =>
    fold.some((speaker) => present.has(speaker)) ? [] : [i + 1]
  );
}

/**
 * Published test folds, restricted to the speakers at hand. A fold of which no speaker is there is left
 * out.
 *
 * @param preset The folds.
 * @param speakers Speakers at hand, in any order, repeated or not.
 * @param words What the corpus calls them, for messages.
 * @returns The speakers of each test fold, in the order of the preset.
 *
 * @throws {ProtocolError} If a speaker is in none of the folds, or all are in one.
 *
 * @example
 * ```ts
 * import { presetFolds } from "./preset_folds.ts";
 * import assert from "node:assert/strict";
 *
 * const preset = { name: "paper", speakers: [["2", "5"], ["3", "6"], ["1", "4"]], source: "a paper" };
 * assert.deepEqual(presetFolds(preset, ["1", "2", "4", "5"]), [["2", "5"], ["1", "4"]]);
 * ```
 */
export function presetFolds(
  { name, speakers: published }: FoldPreset,
  speakers: Iterable<string>,
  { speaker: { one, many } }: CorpusWords = GENERAL_WORDS,
): string[][] {
  const present = new Set(speakers);
  const known = new Set(published.flat());
  for (const speaker of present) {
    if (!known.has(speaker)) {
      throw new ProtocolError(
        `${one} ${speaker} is in none of the ${name} folds, which cover ${known.size} ${many}: ` +
          "give a number of folds instead",
      );
    }
  }
  const folds = published.map((fold) => fold.filter((speaker) => present.has(speaker)))
    .filter((fold) => fold.length > 0);
  if (folds.length < 2) {
    throw new ProtocolError(
      `the ${name} folds put all ${many} at hand (${[...present].join(", ")}) into one fold: ` +
        `add ${many} or give a number of folds instead`,
    );
  }
  return folds;
}
