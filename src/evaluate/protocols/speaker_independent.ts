import { Random } from "../../nn/random.ts";
import { groupKFold } from "../group_k_fold.ts";
import { lunaJimenezFolds } from "../luna_jimenez_folds.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { checkFoldCount, foldSplits } from "./fold_splits.ts";
import { planSplits } from "./plan_splits.ts";

const DEFAULT_FOLDS = 5;

/**
 * Folds over actors: every voice and face is tested by models that never met it.
 *
 * @example
 * ```ts
 * import { speakerIndependent } from "./speaker_independent.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = Array.from({ length: 12 }, (_, k) => (
 *   { label: k % 2, actor: 1 + Math.floor(k / 4), performance: `${k}` }
 * ));
 * assert.equal(speakerIndependent.splits(samples, { seed: 1 }).length, 3);
 * ```
 */
export const speakerIndependent: Protocol = {
  name: "speaker-independent",
  description: "Folds over actors: no speaker is in both training and test.",
  innerGroup: "actor",
  mergeTwins: true,
  headOnAllClips: false,
  featureNetworksOnAllClips: false,
  listsLeaks: false,
  discloses: ["transductive"],
  unseen: " by actors it never learned from",
  limits: [],
  fewestSpeakers: 4,

  refuses: () => undefined,

  splits(samples, { folds, seed }) {
    const actors = samples.map(({ actor }) => actor);
    const nActors = new Set(actors).size;
    if (nActors < 2) {
      throw new ProtocolError(
        `speaker-independent needs at least two actors, the corpus has ` +
          (nActors === 0 ? "none" : `only actor ${actors[0]}: use performance-independent`),
      );
    }
    const testsOf = (fold: readonly number[]) =>
      Int32Array.from(actors.keys()).filter((k) => fold.includes(actors[k]));
    if (folds === "luna-jimenez") {
      return foldSplits(lunaJimenezFolds(actors).map(testsOf), samples, "actor");
    }
    if (folds === "loso") {
      const each = [...new Set(actors)].sort((a, b) => a - b);
      const names = each.map((actor) => `actor-${String(actor).padStart(2, "0")}`);
      return foldSplits(each.map((actor) => testsOf([actor])), samples, "actor", names);
    }
    const labels = samples.map(({ label }) => label);
    const rng = new Random(seed).derive("protocol speaker-independent");
    return planSplits(folds, samples, "actor", rng, (count, random, shuffled) => {
      const k = checkFoldCount(count ?? Math.min(DEFAULT_FOLDS, nActors));
      if (nActors < k) {
        throw new ProtocolError(
          `${k} folds need at least ${k} actors, the corpus has ${nActors}: ` +
            `ask for ${nActors} folds or fewer`,
          { option: "folds" },
        );
      }
      return groupKFold(labels, actors, k, random, { shuffled });
    });
  },
};
