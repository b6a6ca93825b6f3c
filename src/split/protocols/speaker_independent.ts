import type { FoldPreset } from "../../corpus/corpus.ts";
import { distinctSpeakers, showSpeaker } from "../../corpus/speakers.ts";
import { GENERAL_WORDS } from "../../corpus/words.ts";
import { Random } from "../../numeric/random.ts";
import { foldNames } from "../fold_names.ts";
import { groupKFold } from "../group_k_fold.ts";
import { missingFolds, presetFolds } from "../preset_folds.ts";
import type { Protocol } from "../protocol.ts";
import { ProtocolError } from "../protocol_error.ts";
import { checkFoldCount, foldSplits } from "./fold_splits.ts";
import { OWN_SPLIT, ownSplit } from "./own_split.ts";
import { planSplits } from "./plan_splits.ts";

const DEFAULT_FOLDS = 5;

/**
 * Folds over speakers: every voice and face is tested by models that never met it.
 *
 * @example
 * ```ts
 * import { speakerIndependent } from "./speaker_independent.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = Array.from({ length: 12 }, (_, k) => (
 *   { label: k % 2, speaker: `${1 + Math.floor(k / 4)}`, take: `${k}` }
 * ));
 * assert.equal(speakerIndependent.splits(samples, { seed: 1 }).length, 3);
 * ```
 */
export const speakerIndependent: Protocol = {
  name: "speaker-independent",
  description: "Folds over speakers: no speaker is in both training and test.",
  innerGroup: "speaker",
  mergeTwins: true,
  headOnAllClips: false,
  featureNetworksOnAllClips: false,
  listsLeaks: false,
  discloses: ["transductive"],
  unseen: ({ speaker }) => ` by ${speaker.many} it never learned from`,
  limits: [],
  fewestSpeakers: 4,

  refuses: () => undefined,

  splits(samples, { folds, seed, words = GENERAL_WORDS, presets = [] }) {
    const { one, many } = words.speaker;
    const by = "speaker";
    const speakers = samples.map(({ speaker }) => speaker);
    const nSpeakers = new Set(speakers).size;
    if (nSpeakers < 2) {
      throw new ProtocolError(
        `speaker-independent needs at least two ${many}, the corpus has ` +
          (nSpeakers === 0 ? "none" : `only ${one} ${speakers[0]}: use performance-independent`),
      );
    }
    const testsOf = (fold: readonly string[]) =>
      Int32Array.from(speakers.keys()).filter((k) => fold.includes(speakers[k]));
    if (folds === "loso") {
      const each = distinctSpeakers(speakers);
      const names = foldNames(each.map(showSpeaker), one);
      return foldSplits(each.map((speaker) => testsOf([speaker])), samples, { by, words, names });
    }
    if (folds === OWN_SPLIT) return ownSplit(samples, { by, words });
    if (typeof folds === "string") {
      const preset = findPreset(folds, presets);
      const tests = presetFolds(preset, speakers, words).map(testsOf);
      // By their published numbers, although some may have no sample here.
      const missing = new Set(missingFolds(preset, speakers));
      const names = preset.speakers.map((_, i) => i + 1).filter((number) => !missing.has(number))
        .map((number) => `fold-${number}`);
      return foldSplits(tests, samples, { by, words, names });
    }
    const labels = samples.map(({ label }) => label);
    const rng = new Random(seed).derive("protocol speaker-independent");
    const kFold = (count: number | undefined, random: Random, shuffled: boolean) => {
      const k = checkFoldCount(count ?? Math.min(DEFAULT_FOLDS, nSpeakers));
      if (nSpeakers < k) {
        throw new ProtocolError(
          `${k} folds need at least ${k} ${many}, the corpus has ${nSpeakers}: ` +
            `ask for ${nSpeakers} folds or fewer`,
          { option: "folds" },
        );
      }
      return groupKFold(labels, speakers, k, random, { shuffled });
    };
    return planSplits(folds, samples, { by, words, rng, kFold });
  },
};

/** @throws {ProtocolError} If the corpus has no published folds of this name. */
function findPreset(name: string, presets: readonly FoldPreset[]): FoldPreset {
  const preset = presets.find((preset) => preset.name === name);
  if (!preset) {
    const names = ["loso", ...presets.map(({ name }) => name)].join(", ");
    throw new ProtocolError(
      `there are no folds "${name}" of this corpus: it has ${names}, or give a number of folds`,
    );
  }
  return preset;
}
