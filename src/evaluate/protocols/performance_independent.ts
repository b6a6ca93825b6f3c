import { Random } from "../../nn/random.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { stratifiedGroupKFold } from "../stratified_group_k_fold.ts";
import { checkFoldCount, foldSplits } from "./fold_splits.ts";

const DEFAULT_FOLDS = 5;

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

  splits(samples, { folds = DEFAULT_FOLDS, seed }) {
    if (folds === "luna-jimenez") {
      throw new ProtocolError(
        "the luna-jimenez folds divide actors, not performances: use them with " +
          "speaker-independent, or give a number of folds",
      );
    }
    const k = checkFoldCount(folds);
    const performances = samples.map(({ performance }) => performance);
    const nPerformances = new Set(performances).size;
    if (nPerformances < k) {
      throw new ProtocolError(
        `${k} folds need at least ${k} performances, the corpus has ${nPerformances}: ` +
          "give a smaller --folds or use more clips",
      );
    }
    const labels = samples.map(({ label }) => label);
    const rng = new Random(seed).derive("protocol performance-independent");
    const tests = stratifiedGroupKFold(labels, performances, k, rng);
    return foldSplits(tests, samples, "performance");
  },
};
