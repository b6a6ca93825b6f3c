import type { CorpusWords } from "../../corpus/words.ts";
import { holdOutGroups } from "../hold_out_groups.ts";
import type { Random } from "../../numeric/random.ts";
import type { FoldPlan } from "../fold_plan.ts";
import { groupFolds } from "../group_folds.ts";
import { givenFolds } from "../given_folds.ts";
import type { ProtocolSample, Split } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { foldSplits } from "./fold_splits.ts";

/** The plans that speakers and takes are divided by alike. */
export type CommonPlan = Exclude<FoldPlan, string>;

/** How {@linkcode planSplits} divides samples. */
export interface PlanOptions {
  /** What must not be on both sides. */
  readonly by: "speaker" | "take";
  /** What messages call it. */
  readonly words: CorpusWords;
  /** Where the randomness comes from; each repeat has a generator of its own. */
  readonly rng: Random;
  /** The test sets of `k` folds; `shuffled` asks for other folds in every repeat. */
  readonly kFold: (k: number | undefined, rng: Random, shuffled: boolean) => Int32Array[];
}

/**
 * The splits of a plan that both honest protocols know: K folds, repeated, a hold-out, a group left out, a user's own.
 *
 * @param plan The plan; left out, `kFold` decides on the number of folds.
 *
 * @throws {ProtocolError} If the samples do not allow the plan.
 * @throws {LeakError} If a user's own folds put something on both sides.
 */
export function planSplits(
  plan: CommonPlan | undefined,
  samples: readonly ProtocolSample[],
  { by, words, rng, kFold }: PlanOptions,
): Split[] {
  if (plan === undefined || typeof plan === "number") {
    return foldSplits(kFold(plan, rng, false), samples, { by, words });
  }
  if ("file" in plan) {
    const { names, tests } = givenFolds(plan, samples, words);
    return foldSplits(tests, samples, { by, words, names });
  }
  if ("leaveOut" in plan) {
    const { names, tests } = groupFolds(plan.leaveOut, samples);
    return foldSplits(tests, samples, { by, words, names });
  }
  if ("holdOut" in plan) return holdOut(plan.holdOut, samples, { by, words, rng });
  const { folds, repeats } = plan;
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new ProtocolError(`${repeats} repeats are not possible: give an integer of at least 1`);
  }
  return Array.from({ length: repeats }, (_, r) => {
    const tests = kFold(folds, rng.derive(`repeat ${r + 1}`), true);
    const names = tests.map((_, fold) => `repeat-${r + 1}-fold-${fold + 1}`);
    return foldSplits(tests, samples, { by, words, names });
  }).flat();
}

function holdOut(
  share: number,
  samples: readonly ProtocolSample[],
  { by, words, rng }: Omit<PlanOptions, "kFold">,
): Split[] {
  if (!(share > 0 && share < 1)) {
    throw new ProtocolError(`a hold-out of ${share} is not possible: give a share between 0 and 1`);
  }
  const labels = samples.map(({ label }) => label);
  const test = holdOutGroups(labels, samples.map((sample) => sample[by]), share, rng);
  if (test.length === 0) {
    throw new ProtocolError(
      `no ${words[by].one} is small enough to hold out ${share} of ${samples.length} samples: ` +
        "hold out a larger share or use more clips",
      { option: "holdOut" },
    );
  }
  return foldSplits([test], samples, { by, words, names: ["hold-out"] });
}
