import { GENERAL_WORDS } from "../../corpus/words.ts";
import { Random } from "../../numeric/random.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { stratifiedGroupKFold } from "../stratified_group_k_fold.ts";
import { checkFoldCount } from "./fold_splits.ts";
import { KNOWN_SPEAKERS } from "./known_speakers.ts";
import { OWN_SPLIT, ownSplit } from "./own_split.ts";
import { planSplits } from "./plan_splits.ts";

const DEFAULT_FOLDS = 5;
const NAME = "performance-independent";

/**
 * Folds over takes with the classes balanced: no take is on both sides, though a speaker may be. What
 * a corpus of one speaker allows.
 *
 * @example
 * ```ts
 * import { takeIndependent } from "./take_independent.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = Array.from({ length: 20 }, (_, k) => ({ label: k % 2, speaker: "1", take: `${k}` }));
 * assert.equal(takeIndependent.splits(samples, { seed: 1 }).length, 5);
 * ```
 */
export const takeIndependent: Protocol = {
  name: NAME,
  otherName: "take-independent",
  description: "Stratified folds over takes: no take is in both training and test.",
  innerGroup: "take",
  mergeTwins: true,
  headOnAllClips: false,
  featureNetworksOnAllClips: false,
  listsLeaks: false,
  discloses: ["transductive", "speakers"],
  unseen: ({ take }) => ` of ${take.many} it never learned from`,
  limits: [KNOWN_SPEAKERS],
  fewestSpeakers: 1,

  refuses(plan, { speaker, take } = GENERAL_WORDS) {
    return typeof plan === "string" && plan !== OWN_SPLIT
      ? `the ${plan} folds divide ${speaker.many}, not ${take.many}`
      : undefined;
  },

  splits(samples, { folds = DEFAULT_FOLDS, seed, words = GENERAL_WORDS }) {
    const { take } = words;
    if (folds === OWN_SPLIT) return ownSplit(samples, { by: "take", words });
    if (typeof folds === "string") {
      throw new ProtocolError(
        `${takeIndependent.refuses(folds, words)}: use them with speaker-independent, or give a ` +
          "number of folds",
      );
    }
    const takes = samples.map(({ take }) => take);
    const nTakes = new Set(takes).size;
    const labels = samples.map(({ label }) => label);
    const rng = new Random(seed).derive(`protocol ${NAME}`);
    const kFold = (count = DEFAULT_FOLDS, random: Random) => {
      const k = checkFoldCount(count);
      if (nTakes < k) {
        throw new ProtocolError(
          `${k} folds need at least ${k} ${take.many}, the corpus has ${nTakes}: ` +
            "ask for fewer folds or use more clips",
          { option: "folds" },
        );
      }
      return stratifiedGroupKFold(labels, takes, k, random);
    };
    return planSplits(folds, samples, { by: "take", words, rng, kFold });
  },
};
