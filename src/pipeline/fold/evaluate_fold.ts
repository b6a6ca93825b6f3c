import { join } from "node:path";
import { LATE_RULES } from "../../fusion/registry.ts";
import { classicalRows } from "./classical_rows.ts";
import { decisionHybridRow, decisionRows, type FeaturesFor, innerFolds } from "./decision_rows.ts";
import {
  deciderRows,
  type Deciders,
  disposeDeciders,
  fitDeciders,
  fitUnimodalDeciders,
  type NetworkDeciders,
} from "./deciders.ts";
import { hybridRow, lateRows } from "./feature_fusion_rows.ts";
import { jointRows } from "./joint_rows.ts";
import type { Modality } from "../../modality.ts";
import { FITTERS, type Fitters } from "./fits/fitters.ts";
import type { Fold, FoldJob, FoldRow, UnfittedRow } from "./fold.ts";
import { openFoldData } from "./fold_data.ts";
import { FoldFeatures } from "./fold_features.ts";
import { FoldLog, type FoldLogData } from "./fold_log.ts";
import { foldSeed } from "./fold_tools.ts";
import { type SavedModel, saveModel } from "./model_file.ts";
import { featuresOfRecipe, recipeOf } from "../recipes/recipe_of.ts";
import type { Recipe, RecipePlan } from "../recipes/recipe.ts";

/** What evaluating a fold gave. */
export interface FoldOutcome extends FoldLogData {
  /** The fold's rows, those of models that could not be fitted among them. */
  readonly rows: (FoldRow | UnfittedRow)[];
}

/**
 * Fits and tests every model of one fold and saves what was fitted. Nothing is learned from a test
 * sample, except where the job says so for the tutorial's sake. The rows come in the same order for
 * every fold.
 *
 * @param announce Called before each of the `foldSteps(job)` steps.
 * @param fitters How things are fitted.
 */
export function evaluateFold(
  job: FoldJob,
  announce: (what: string) => void,
  fitters: Fitters = FITTERS,
): FoldOutcome {
  const save: Fold["save"] = (name, state) => saveModel(join(job.modelsDir, job.name), name, state);
  const parts = makeParts(job, { announce, save, fitters });
  const rows = job.plans.flatMap((plan) => evaluatePlan(job, plan, parts));
  return { rows, ...parts.log.data() };
}

/** What the folds of a job's plans are made with. */
export interface FoldParts extends Pick<Fold, "announce" | "save" | "log" | "fitters" | "samples"> {
  /** Makes the features. */
  readonly maker: FoldFeatures;
}

/** The parts of a job, behind a ledger of their own. */
export function makeParts(
  job: FoldJob,
  { announce, save, fitters }: Pick<Fold, "announce" | "save" | "fitters">,
): FoldParts {
  const log = new FoldLog();
  const data = openFoldData(job, log.ledger);
  const maker = new FoldFeatures(job, { data, fitters, announce, save });
  return { samples: data.samples, maker, announce, save, log, fitters };
}

/** The features of one recipe with one normalisation, and what is needed to fit models to them. */
export function makeFold(
  job: FoldJob,
  plan: RecipePlan,
  { maker, announce, save, log, fitters, samples }: FoldParts,
): Fold & { readonly scalers: ReadonlyMap<Modality, SavedModel> } {
  const recipe = recipeOf(job, plan);
  const prefix = planPrefix(recipe, plan);
  const sets = featuresOfRecipe(job, recipe);
  const made = maker.make({ recipe, plan, sets, train: job.train, label: "outer" });
  return {
    ...made,
    job,
    recipe,
    plan,
    sets,
    samples,
    fitters,
    log,
    featureNames: {
      audio: sets.get("audio") ?? "",
      video: sets.get("video") ?? "",
      fused: [...sets.values()].join("+"),
    },
    seed: (label) => foldSeed(job, prefix === "" ? label : `${prefix}/${label}`),
    announce: (what) => announce(prefix === "" ? what : `${prefix} ${what}`),
    save: (name, state) => save(prefix === "" ? name : `${prefix}-${name}`, state),
  };
}

/** The features when only `train` may be learned from, for the out-of-fold probabilities of `fold`. */
export function innerFeatures({ recipe, plan, sets }: Fold, { maker }: FoldParts): FeaturesFor {
  return (train, label) => maker.make({ recipe, plan, sets, train, label }).features;
}

/** Fits and tests the models of one recipe with one normalisation. */
function evaluatePlan(
  job: FoldJob,
  plan: RecipePlan,
  parts: FoldParts,
): (FoldRow | UnfittedRow)[] {
  const { scalers, ...fold } = makeFold(job, plan, parts);
  const { recipe } = fold;
  for (const [modality, state] of scalers) fold.save(`scaler-${modality}`, state);
  if (recipe.joint) return jointRows(fold);
  const { rows: classical, fitted } = classicalRows(fold);
  const deciders = fitDeciders(fold, { train: job.train, purpose: "", fitted });
  const rows = [...classical, ...deciderRows(fold, deciders)];
  if (fold.fused) {
    // The tutorial fits the networks of late fusion on all clips; it has no early network that does.
    const own = recipe.late && job.featureNetworksOnAllClips
      ? fitUnimodalDeciders(fold, { train: fold.samples.all, purpose: "feature-" })
      : undefined;
    const learned: Deciders = {
      unimodal: own?.unimodal ?? deciders.unimodal,
      early: deciders.early,
      unfitted: new Map([...deciders.unfitted, ...own?.unfitted ?? []]),
    };
    if (recipe.late) rows.push(...lateRows(fold, learned as NetworkDeciders));
    rows.push(...decisionRows(fold, deciders, innerFeatures(fold, parts)));
    rows.push(
      recipe.late ? hybridRow(fold, learned as NetworkDeciders) : decisionHybridRow(fold, deciders),
    );
    if (own) disposeDeciders(own);
  }
  disposeDeciders(deciders);
  for (const classifier of [...fitted.values()].flat()) classifier.dispose();
  return rows;
}

/** What tells the files and seeds of a plan from those of others. */
function planPrefix(
  { prefix }: Recipe,
  { recipe, normalisation, model, features = {} }: RecipePlan,
): string {
  const name = [recipe, normalisation, ...Object.values(features)].join("-");
  const told = Object.keys(features).length > 0 ? name : prefix ?? name;
  return model === undefined ? told : `${name}-${model}`;
}

/** How many steps `evaluateFold` announces. */
export function foldSteps(job: FoldJob): number {
  return job.plans.reduce((sum, plan) => sum + planSteps(job, plan), headSteps(job));
}

/** Steps of fitting heads: for each set that needs one in the fold, and in inner folds where it is fused. */
function headSteps(job: FoldJob): number {
  const fusedBySet = new Map<string, boolean>();
  for (const plan of job.plans) {
    const recipe = recipeOf(job, plan);
    const names = [...featuresOfRecipe(job, recipe).values()];
    const learned = names.filter((name) => !Object.hasOwn(job.features, name));
    for (const name of learned) {
      fusedBySet.set(name, fusedBySet.get(name) || names.length > 1 && !recipe.joint);
    }
  }
  const inner = job.headOnAllClips ? 0 : innerFolds(job);
  return [...fusedBySet.values()].reduce((sum, fused) => sum + 1 + (fused ? inner : 0), 0);
}

function planSteps(job: FoldJob, plan: RecipePlan): number {
  const recipe = recipeOf(job, plan);
  if (recipe.joint) return 1;
  const modalities = featuresOfRecipe(job, recipe).size;
  const fuses = modalities > 1;
  const alone = (modalities + (fuses ? 1 : 0)) * (recipe.classifiers.length + 1);
  if (!fuses) return alone;
  const late = recipe.late
    ? LATE_RULES.length + 1 + (job.featureNetworksOnAllClips ? modalities : 0)
    : 0;
  return alone + late + innerFolds(job) * modalities;
}
