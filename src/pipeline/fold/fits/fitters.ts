import type { Classifier } from "../../../classify/classifier.ts";
import type { TrainingSet } from "../../../evaluate/training_set.ts";
import type { DecisionRule } from "../../../fusion/decision_rule.ts";
import type { Matrix } from "../../../numeric/matrix.ts";
import type { Random } from "../../../numeric/random.ts";
import { divideInner, type InnerFold } from "./divide_inner.ts";
import { fitClassifier } from "./fit_classifier.ts";
import { fitFaceHead, type FittedHead, type SampleFrames } from "./fit_face_head.ts";
import { fitRule } from "./fit_rule.ts";
import { fitScaler } from "./fit_scaler.ts";
import { fitCorpusStatistics, fitSpeakerStatistics } from "./fit_group_statistics.ts";
import type { Normaliser } from "./normaliser.ts";

/**
 * How each kind of thing is fitted in a fold. Each gets a training set and nothing else of the samples,
 * so that what it reads is entered into the ledger.
 */
export interface Fitters {
  /** Statistics of all rows of the set, for `channels` numbers a frame. */
  readonly scaler: (set: TrainingSet<Matrix>, channels: number) => Normaliser;
  /** Statistics of each speaker's own rows. */
  readonly speakerStatistics: (set: TrainingSet<Matrix>, channels: number) => Normaliser;
  /** Statistics of each corpus's own rows. */
  readonly corpusStatistics: (set: TrainingSet<Matrix>, channels: number) => Normaliser;
  /** What gives face features. */
  readonly faceHead: (set: TrainingSet<SampleFrames>, seed: number) => FittedHead;
  /** Any classifier: networks, grid searches and ensembles too. */
  readonly classifier: (classifier: Classifier, set: TrainingSet<Matrix>) => void;
  /** The inner folds that give fusion rules something to learn from: `atMost` of them. */
  readonly innerFolds: (
    set: TrainingSet<unknown>,
    atMost: number,
    random: Random,
  ) => readonly InnerFold[];
  /** A decision rule, from the class probabilities of each modality. */
  readonly rule: (rule: DecisionRule, set: TrainingSet<readonly Matrix[]>) => void;
}

/** How a run fits. */
export const FITTERS: Fitters = {
  scaler: fitScaler,
  speakerStatistics: fitSpeakerStatistics,
  corpusStatistics: fitCorpusStatistics,
  faceHead: fitFaceHead,
  classifier: fitClassifier,
  innerFolds: divideInner,
  rule: fitRule,
};
