import { type CorpusWords, GENERAL_WORDS } from "../corpus/words.ts";
import { LeakError } from "./leak_error.ts";
import type { ProtocolSample, Split } from "./protocol.ts";

/**
 * Checks that no speaker, or no take, is on both sides of a split, nor any sample.
 *
 * @param words What the message calls speakers and takes.
 *
 * @throws {LeakError} If one is; the message names each.
 *
 * @example
 * ```ts
 * import { assertNoLeak } from "./assert_no_leak.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = [
 *   { label: 0, speaker: "1", take: "a" },
 *   { label: 1, speaker: "1", take: "b" },
 * ];
 * const split = { name: "fold-1", train: Int32Array.of(0), test: Int32Array.of(1) };
 * assertNoLeak(split, samples, "take");
 * assert.throws(() => assertNoLeak(split, samples, "speaker"), /speaker 1 is on both sides/);
 * ```
 */
export function assertNoLeak(
  split: Split,
  samples: readonly ProtocolSample[],
  by: "speaker" | "take",
  words: CorpusWords = GENERAL_WORDS,
): void {
  const isTrained = new Uint8Array(samples.length);
  const groups = new Set<string>();
  for (const k of split.train) {
    isTrained[k] = 1;
    groups.add(samples[k][by]);
  }
  const leaks = new Set<string>();
  for (const k of split.test) {
    if (isTrained[k]) leaks.add(`sample ${k} is on both sides`);
    else if (groups.has(samples[k][by])) {
      leaks.add(`${words[by].one} ${samples[k][by]} is on both sides`);
    }
  }
  if (leaks.size > 0) throw new LeakError(split.name, [...leaks]);
}
