import type { Classifier } from "../../classify/classifier.ts";
import { Ensemble, ENSEMBLE_MEMBERS } from "../../classify/ensemble.ts";
import { createClassifier, type ModelName } from "../../classify/registry.ts";
import type { SampleTable } from "../../evaluate/sample_table.ts";
import type { Seen } from "../../modality.ts";
import { classifierRow, fitOn, rowName, rowOrReason } from "./fold_tools.ts";
import type { Recipe } from "../recipes/recipe.ts";
import type { Fold, FoldRow, UnfittedRow } from "./fold.ts";

/** The classifiers that were fitted to a fold's training samples, and their rows. */
export interface ClassicalFits {
  /** A row each, those of classifiers that could not be fitted among them. */
  readonly rows: readonly (FoldRow | UnfittedRow)[];
  /** What was fitted to each modality and to both, for the caller to dispose. */
  readonly fitted: ReadonlyMap<Seen, readonly Classifier[]>;
}

/** Rows of the recipe's classifiers on each modality and, by early fusion, on both. */
export function classicalRows(fold: Fold): ClassicalFits {
  const rows: (FoldRow | UnfittedRow)[] = [];
  const fitted = new Map<Seen, Classifier[]>();
  for (const { modality, x } of inputs(fold)) {
    const known: Classifier[] = [];
    fitted.set(modality, known);
    for (const model of fold.recipe.classifiers) {
      fold.announce(`${model} on ${modality}`);
      const classifier = createClassifier(model, {
        seed: fold.seed(`${seededAs(fold.recipe, model, modality)}/${modality}`),
        c: fold.recipe.c?.[model],
        blocks: fold.blocks.get(modality),
      });
      const row = rowName(fold, modality, model);
      rows.push(rowOrReason(row, () => {
        fitOn(fold, classifier, x, fold.job.train, {
          name: `${model} on ${fold.featureNames[modality]}`,
        });
        known.push(classifier);
        fold.save(`${model}-${modality}`, classifier.state());
        return classifierRow(fold, row, classifier, x);
      }));
    }
  }
  return { rows, fitted };
}

/** Whose seed a classifier has: its own, or that of the ensemble of which it is a member. */
function seededAs(recipe: Recipe, model: ModelName, modality: Seen): ModelName {
  const decider = recipe.deciders[modality];
  return decider === "ensemble" && isMember(recipe, model) ? decider : model;
}

/** Whether a recipe's classifier is fitted as its ensemble's member is. */
function isMember({ c }: Recipe, model: ModelName): boolean {
  return ENSEMBLE_MEMBERS.some((member) => member === model) &&
    (model !== "logistic-regression" || c?.[model] === c?.ensemble);
}

/** The recipe's ensemble of classifiers that were fitted for their own rows; undefined where some are missing. */
export function ensembleOf(recipe: Recipe, fitted: readonly Classifier[]): Ensemble | undefined {
  const members = ENSEMBLE_MEMBERS.map((member) =>
    isMember(recipe, member) ? fitted.find(({ name }) => name === member) : undefined
  );
  const all = members.filter((member) => member !== undefined);
  return all.length === members.length ? Ensemble.of(all) : undefined;
}

/** Each modality's features and, where there are two, both together: early fusion. */
export function inputs(fold: Fold): { modality: Seen; x: SampleTable }[] {
  const unimodal: { modality: Seen; x: SampleTable }[] = [...fold.features].map((
    [modality, x],
  ) => ({ modality, x }));
  return fold.fused ? [...unimodal, { modality: "fused", x: fold.fused }] : unimodal;
}
