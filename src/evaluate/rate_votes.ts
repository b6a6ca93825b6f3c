/** How well people named what was acted. */
export interface VoteScores {
  /** Number of samples that they voted on. */
  readonly n: number;
  /** Share of them that most voters named rightly; of a tie between k labels, one k-th counts. */
  readonly accuracy: number;
  /** The mean of that share over the classes. */
  readonly uar: number;
}

/**
 * Scores what most voters named. A tie that holds the right label counts in part, as if one of its labels
 * were drawn.
 *
 * @param truths The right label of each sample.
 * @param votes The labels that most voters named of it, several for a tie, none where nobody voted.
 * @returns Undefined where nobody voted on any.
 *
 * @throws {RangeError} If the lengths differ.
 *
 * @example
 * ```ts
 * import { rateVotes } from "./rate_votes.ts";
 * import assert from "node:assert/strict";
 *
 * const truths = ["sad", "sad", "angry", "angry"];
 * const votes = [["sad"], ["neutral"], ["angry", "disgust"], []];
 * assert.deepEqual(rateVotes(truths, votes), { n: 3, accuracy: 0.5, uar: 0.5 });
 * ```
 */
export function rateVotes(
  truths: readonly string[],
  votes: readonly (readonly string[])[],
): VoteScores | undefined {
  if (truths.length !== votes.length) {
    throw new RangeError(`${truths.length} labels but votes on ${votes.length} samples`);
  }
  const rated = truths.flatMap((truth, i) => {
    const named = votes[i];
    if (named.length === 0) return [];
    return [{ truth, share: named.includes(truth) ? 1 / named.length : 0 }];
  });
  if (rated.length === 0) return undefined;
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const byClass = Map.groupBy(rated, ({ truth }) => truth);
  return {
    n: rated.length,
    accuracy: meanOf(rated.map(({ share }) => share)),
    uar: meanOf([...byClass.values()].map((some) => meanOf(some.map(({ share }) => share)))),
  };
}
