import { Random } from "../../nn/random.ts";
import type { FoldPlan } from "../fold_plan.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { stratifiedGroupKFold } from "../../nn/stratified_group_k_fold.ts";
import { checkFoldCount } from "./fold_splits.ts";
import { KNOWN_SPEAKERS } from "./known_speakers.ts";
import { planSplits } from "./plan_splits.ts";

const DEFAULT_FOLDS = 5;

function dividesActors(plan: FoldPlan): plan is "luna-jimenez" | "loso" {
  return plan === "luna-jimenez" || plan === "loso";
}

/**
 * Folds over performances with the classes balanced: no take is on both sides, though a speaker may be. What
 * a corpus of one actor allows.
 *
 * @example
 * ```ts
 * import { performanceIndependent } from "./performance_independent.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = Array.from({ length: 20 }, (_, k) => ({ label: k % 2, actor: 1, performance: `${k}` }));
 * assert.equal(performanceIndependent.splits(samples, { seed: 1 }).length, 5);
 * ```
 */
export const performanceIndependent: Protocol = {
  name: "performance-independent",
  description: "Stratified folds over performances: no take is in both training and test.",
  innerGroup: "performance",
  mergeTwins: true,
  headOnAllClips: false,
  featureNetworksOnAllClips: false,
  listsLeaks: false,
  discloses: ["transductive", "speakers"],
  unseen: " of takes it never learned from",
  limits: [KNOWN_SPEAKERS],
  fewestSpeakers: 1,

  refuses(plan) {
    return dividesActors(plan) ? `the ${plan} folds divide actors, not performances` : undefined;
  },

  splits(samples, { folds = DEFAULT_FOLDS, seed }) {
    if (dividesActors(folds)) {
      throw new ProtocolError(
        `${
          performanceIndependent.refuses(folds)
        }: use them with speaker-independent, or give a number of folds`,
      );
    }
    const performances = samples.map(({ performance }) => performance);
    const nPerformances = new Set(performances).size;
    const labels = samples.map(({ label }) => label);
    const rng = new Random(seed).derive("protocol performance-independent");
    return planSplits(folds, samples, "performance", rng, (count = DEFAULT_FOLDS, random) => {
      const k = checkFoldCount(count);
      if (nPerformances < k) {
        throw new ProtocolError(
          `${k} folds need at least ${k} performances, the corpus has ${nPerformances}: ` +
            "ask for fewer folds or use more clips",
          { option: "folds" },
        );
      }
      return stratifiedGroupKFold(labels, performances, k, random);
    });
  },
};
