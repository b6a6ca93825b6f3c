import { type CorpusWords, GENERAL_WORDS } from "../../corpus/words.ts";
import { assertNoLeak } from "../assert_no_leak.ts";
import type { ProtocolSample, Split } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";

/** What {@linkcode foldSplits} keeps apart. */
export interface FoldSplitOptions {
  /** What must not be on both sides. */
  readonly by: "speaker" | "take";
  /**
   * What messages call it.
   *
   * @default {GENERAL_WORDS}
   */
  readonly words?: CorpusWords;
  /**
   * Name of each fold.
   *
   * @default {fold-1, fold-2 ...}
   */
  readonly names?: readonly string[];
}

/**
 * Makes one split a test fold, the other folds its training set, and checks each: nothing on both sides, and
 * every class of the corpus in the training set.
 *
 * @param tests The numbers of the test samples of each fold, ascending.
 *
 * @throws {ProtocolError} If a fold would train without a class.
 * @throws {LeakError} If something is on both sides.
 *
 * @example
 * ```ts
 * import { foldSplits } from "./fold_splits.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = ["a", "b", "c", "d"].map((take, k) => ({ label: k % 2, speaker: "1", take }));
 * const [first] = foldSplits([Int32Array.of(0, 1), Int32Array.of(2, 3)], samples, { by: "take" });
 * assert.deepEqual(first, { name: "fold-1", train: Int32Array.of(2, 3), test: Int32Array.of(0, 1) });
 * ```
 */
export function foldSplits(
  tests: readonly Int32Array[],
  samples: readonly ProtocolSample[],
  { by, words = GENERAL_WORDS, names }: FoldSplitOptions,
): Split[] {
  const classes = [...new Set(samples.map(({ label }) => label))].sort((a, b) => a - b);
  return tests.map((test, fold) => {
    const train = othersThan(test, samples.length);
    const split = { name: names?.[fold] ?? `fold-${fold + 1}`, train, test };
    const trained = new Set<number>();
    for (const k of train) trained.add(samples[k].label);
    const missing = classes.find((label) => !trained.has(label));
    if (missing !== undefined) {
      const groups = new Set(
        samples.filter(({ label }) => label === missing).map((sample) => sample[by]),
      );
      const name = samples.find(({ label }) => label === missing)?.className ?? missing;
      throw new ProtocolError(
        `${split.name} would train without class ${name}, all of which is in its test set ` +
          `(${words[by].one} ${
            [...groups].join(", ")
          }): add clips of that class, leave it out, or change the folds`,
      );
    }
    assertNoLeak(split, samples, by, words);
    return split;
  });
}

/** The numbers from 0 up to `count` that are not among others. */
function othersThan(held: Int32Array, count: number): Int32Array {
  const isHeld = new Uint8Array(count);
  for (const k of held) isHeld[k] = 1;
  const others = new Int32Array(count);
  let n = 0;
  for (let k = 0; k < count; k++) if (!isHeld[k]) others[n++] = k;
  return others.slice(0, n);
}

/**
 * Checks a number of folds that was asked for.
 *
 * @throws {ProtocolError} If it is not an integer of at least 2.
 */
export function checkFoldCount(folds: number): number {
  if (!Number.isInteger(folds) || folds < 2) {
    throw new ProtocolError(`${folds} folds are not possible: give an integer of at least 2`);
  }
  return folds;
}
