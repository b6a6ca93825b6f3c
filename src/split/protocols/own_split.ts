import type { CorpusWords } from "../../corpus/words.ts";
import type { ProtocolSample, Split } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { foldSplits } from "./fold_splits.ts";

/** The name of the division that a list of clips states itself. */
export const OWN_SPLIT = "manifest";

/** Samples that an error names; the others are counted. */
const NAMED = 5;

/**
 * The split that a list of clips states: `train` and `dev` are learned from, `test` is tested. Nothing is chosen by
 * the results on `dev`, so that leaving it out would only waste it: what is chosen is chosen inside the training
 * set.
 *
 * @throws {ProtocolError} If a sample has no side, or nothing is left to learn from or to test.
 * @throws {LeakError} If something is on both sides that must not be.
 *
 * @example
 * ```ts
 * import { ownSplit } from "./own_split.ts";
 * import { GENERAL_WORDS } from "../../corpus/words.ts";
 * import assert from "node:assert/strict";
 *
 * const parts = ["train", "train", "dev", "test", "test"] as const;
 * const samples = parts.map((part, k) => ({ label: k % 2, speaker: `${k}`, take: `${k}`, part }));
 * const [{ train, test }] = ownSplit(samples, { by: "speaker", words: GENERAL_WORDS });
 * assert.deepEqual([train, test], [Int32Array.of(0, 1, 2), Int32Array.of(3, 4)]);
 * ```
 */
export function ownSplit(
  samples: readonly ProtocolSample[],
  { by, words }: { readonly by: "speaker" | "take"; readonly words: CorpusWords },
): Split[] {
  const without = samples.filter(({ part }) => part === undefined);
  if (without.length === samples.length) {
    throw new ProtocolError(
      `there are no folds "${OWN_SPLIT}" of this corpus: they are those of a list of clips that says ` +
        "train, dev or test of each",
    );
  }
  if (without.length > 0) {
    const takes = without.slice(0, NAMED).map(({ take }) => take).join(", ");
    const more = without.length > NAMED ? ` and ${without.length - NAMED} more` : "";
    throw new ProtocolError(
      `the list of clips does not say train, dev or test of ${takes}${more}: every clip needs one`,
    );
  }
  const numbers = Int32Array.from(samples.keys());
  const test = numbers.filter((k) => samples[k].part === "test");
  if (test.length === 0 || test.length === samples.length) {
    throw new ProtocolError(
      `the list of clips puts all samples at hand on one side, ` +
        `nothing is left to ${test.length === 0 ? "test" : "train on"}`,
    );
  }
  return foldSplits([test], samples, { by, words, names: [OWN_SPLIT] });
}
