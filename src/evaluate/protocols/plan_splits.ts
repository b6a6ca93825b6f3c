import { holdOutGroups } from "../../nn/hold_out_groups.ts";
import type { Random } from "../../nn/random.ts";
import type { FoldPlan } from "../fold_plan.ts";
import { givenFolds } from "../given_folds.ts";
import type { ProtocolSample, Split } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { foldSplits } from "./fold_splits.ts";

/** The plans that actors and performances are divided by alike. */
export type CommonPlan = Exclude<FoldPlan, string>;

/**
 * The splits of a plan that both honest protocols know: K folds, repeated, a hold-out, a user's own.
 *
 * @param plan The plan; left out, `kFold` decides on the number of folds.
 * @param by What must not be on both sides.
 * @param rng Where the randomness comes from; each repeat has a generator of its own.
 * @param kFold The test sets of `k` folds; `shuffled` asks for other folds in every repeat.
 *
 * @throws {ProtocolError} If the samples do not allow the plan.
 * @throws {LeakError} If a user's own folds put something on both sides.
 */
export function planSplits(
  plan: CommonPlan | undefined,
  samples: readonly ProtocolSample[],
  by: "actor" | "performance",
  rng: Random,
  kFold: (k: number | undefined, rng: Random, shuffled: boolean) => Int32Array[],
): Split[] {
  if (plan === undefined || typeof plan === "number") {
    return foldSplits(kFold(plan, rng, false), samples, by);
  }
  if ("file" in plan) {
    const { names, tests } = givenFolds(plan, samples);
    return foldSplits(tests, samples, by, names);
  }
  if ("holdOut" in plan) return holdOut(plan.holdOut, samples, by, rng);
  const { folds, repeats } = plan;
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new ProtocolError(`${repeats} repeats are not possible: give an integer of at least 1`);
  }
  return Array.from({ length: repeats }, (_, r) => {
    const tests = kFold(folds, rng.derive(`repeat ${r + 1}`), true);
    const names = tests.map((_, fold) => `repeat-${r + 1}-fold-${fold + 1}`);
    return foldSplits(tests, samples, by, names);
  }).flat();
}

function holdOut(
  share: number,
  samples: readonly ProtocolSample[],
  by: "actor" | "performance",
  rng: Random,
): Split[] {
  if (!(share > 0 && share < 1)) {
    throw new ProtocolError(`a hold-out of ${share} is not possible: give a share between 0 and 1`);
  }
  const labels = samples.map(({ label }) => label);
  const test = holdOutGroups(labels, samples.map((sample) => sample[by]), share, rng);
  if (test.length === 0) {
    throw new ProtocolError(
      `no ${by} is small enough to hold out ${share} of ${samples.length} samples: ` +
        "hold out a larger share or use more clips",
      { option: "holdOut" },
    );
  }
  return foldSplits([test], samples, by, ["hold-out"]);
}
