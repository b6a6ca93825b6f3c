import type { Classifier } from "../../classify/classifier.ts";
import { createDecisionRule } from "../../fusion/decision_rules.ts";
import type { DecisionRule } from "../../fusion/decision_rule.ts";
import type { DecisionFusionName } from "../../fusion/decision_rules.ts";
import type { Modality } from "../../modality.ts";
import { FitError } from "../../numeric/fit_error.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import { fitUnimodalDeciders } from "./deciders.ts";
import { outOfFoldProbabilities } from "./decision_rows.ts";
import { innerFeatures, makeFold, makeParts } from "./evaluate_fold.ts";
import { FITTERS } from "./fits/fitters.ts";
import type { FoldJob } from "./fold.ts";
import { fitRuleOn } from "./fold_tools.ts";
import { makeJobs } from "./make_jobs.ts";
import type { SavedModel } from "./model_file.ts";
import type { PreparedRun } from "../run/prepare_run.ts";
import type { RecipePlan } from "../recipes/recipe.ts";

/** What is fitted on all samples. */
export interface FinalOptions {
  /** Features, normalisation and the one model. */
  readonly plan: RecipePlan & Required<Pick<RecipePlan, "model">>;
  /** How the modalities are combined, where there are two. */
  readonly fusion: DecisionFusionName;
  /**
   * Numbers of the samples that are learned from.
   *
   * @default {all}
   */
  readonly train?: Int32Array;
  /** Reports that a model is about to be fitted. */
  readonly announce?: (what: string) => void;
}

/** One modality's part of a model that was fitted on all samples. */
export interface FittedModality {
  /** Name of its features. */
  readonly features: string;
  /** What brings them to mean 0 and deviation 1. */
  readonly scaler: SavedModel;
  /** What was fitted to the scaled features. */
  readonly classifier: Classifier;
  /** The scaled features of all samples [samples, features]. */
  readonly matrix: Matrix;
}

/** A model that was fitted on all samples. */
export interface FittedModel {
  /** What was fitted to each modality that the run uses. */
  readonly modalities: ReadonlyMap<Modality, FittedModality>;
  /** How they are combined, where there are two. */
  readonly rule: DecisionRule | undefined;
  /** The face head, where the features are its values. */
  readonly head: SavedModel | undefined;
  /** The samples and their unscaled features. */
  readonly job: FoldJob;
}

/**
 * Fits one model on all samples of a run, or those that are named, as its folds fitted one on their training samples: the same
 * features, the same normalisation by the training set, the same classifier; nothing is left to test on.
 * The tfjs backend must be ready for networks.
 *
 * @throws {RangeError} If the plan is not normalised by the training set.
 * @throws {FitError} If the model cannot be fitted to the samples.
 */
export function fitFinal(
  prepared: PreparedRun,
  {
    plan,
    fusion,
    train = Int32Array.from(prepared.samples.keys()),
    announce = () => {},
  }: FinalOptions,
): FittedModel {
  if (plan.normalisation !== "train") {
    throw new RangeError("a model for new people is normalised by its training set");
  }
  const [job] = makeJobs(prepared, {
    splits: [{ name: "final", train, test: new Int32Array(0) }],
    plans: [plan],
    modelsDir: "",
  });
  const saved = new Map<string, SavedModel>();
  const save = (name: string, model: SavedModel) => void saved.set(name, model);
  const parts = makeParts(job, { announce, save, fitters: FITTERS });
  const { scalers, ...fold } = makeFold(job, plan, parts);
  const { unimodal: classifiers, unfitted } = fitUnimodalDeciders(fold, { train, purpose: "" });
  for (const [modality, reason] of unfitted) throw new FitError(`${modality}: ${reason}`);
  let rule: DecisionRule | undefined;
  if (classifiers.size > 1) {
    rule = createDecisionRule(fusion);
    if (rule.learns) {
      const { probabilities } = outOfFoldProbabilities(fold, innerFeatures(fold, parts));
      fitRuleOn(fold, rule, probabilities);
    }
  }
  return {
    modalities: new Map([...classifiers].map(([modality, classifier]) => [modality, {
      features: fold.sets.get(modality)!,
      scaler: scalers.get(modality)!,
      classifier,
      matrix: fold.features.get(modality)!.publish(),
    }])),
    rule,
    head: saved.get("face-head"),
    job,
  };
}
