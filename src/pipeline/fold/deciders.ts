import type { Classifier } from "../../classify/classifier.ts";
import { NetworkClassifier } from "../../classify/networks/network_classifier.ts";
import { createClassifier } from "../../classify/registry.ts";
import type { SampleTable } from "../../evaluate/sample_table.ts";
import type { Modality, Seen } from "../../modality.ts";
import { FitError } from "../../numeric/fit_error.ts";
import { ensembleOf, inputs } from "./classical_rows.ts";
import { classifierRow, fitOn, rowName } from "./fold_tools.ts";
import type { Fold, FoldRow, UnfittedRow } from "./fold.ts";

/** The models whose probabilities are fused: one a modality, and the early one where there are two. */
export interface Deciders<T extends Classifier = Classifier> {
  /** The unimodal models, in the order of the fold's features. */
  readonly unimodal: ReadonlyMap<Modality, T>;
  /** The early-fusion model, where there are two modalities. */
  readonly early?: T;
  /** Why models that are not among them could not be fitted. */
  readonly unfitted: ReadonlyMap<Seen, string>;
}

/** Deciders that learn features: networks. */
export type NetworkDeciders = Deciders<NetworkClassifier>;

/** Which deciders are fitted, and to what. */
export interface DeciderFit {
  /** Numbers of the samples that they learn from. */
  readonly train: Int32Array;
  /** What their seeds and files begin with. */
  readonly purpose: string;
  /**
   * Classifiers that were fitted to these very samples, of which an ensemble is made.
   *
   * @default {every decider is fitted}
   */
  readonly fitted?: ReadonlyMap<Seen, readonly Classifier[]>;
}

/** The recipe's deciders. */
export function fitDeciders(fold: Fold, fit: DeciderFit): Deciders {
  const unimodal = new Map<Modality, Classifier>();
  const unfitted = new Map<Seen, string>();
  let early: Classifier | undefined;
  for (const { modality, x } of inputs(fold)) {
    try {
      const model = fitDecider(fold, fit, modality, x);
      if (modality === "fused") early = model;
      else unimodal.set(modality, model);
    } catch (error) {
      if (!(error instanceof FitError)) throw error;
      unfitted.set(modality, error.message);
    }
  }
  return { unimodal, early, unfitted };
}

/** The unimodal deciders alone. */
export function fitUnimodalDeciders(fold: Fold, fit: DeciderFit): Deciders {
  return fitDeciders({ ...fold, fused: undefined }, fit);
}

/** Why what needs the unimodal deciders, and the early one where `early` says so, cannot be; else nothing. */
export function whyUnfitted({ unfitted }: Deciders, { early }: { early: boolean }): string {
  const reasons = [...unfitted].filter(([modality]) => early || modality !== "fused");
  return [...new Set(reasons.map(([, reason]) => reason))].join("; ");
}

/**
 * Fits and saves one model. The caller disposes it.
 *
 * @throws {FitError} If it cannot be fitted.
 */
function fitDecider(
  fold: Fold,
  { train, purpose, fitted }: DeciderFit,
  modality: Seen,
  x: SampleTable,
): Classifier {
  const model = fold.recipe.deciders[modality];
  fold.announce(`${purpose}${model} on ${modality}`);
  const made = model === "ensemble"
    ? ensembleOf(fold.recipe, fitted?.get(modality) ?? [])
    : undefined;
  if (made) {
    fold.save(`${purpose}${model}-${modality}`, made.state());
    return made;
  }
  const name = `${purpose}${model} on ${fold.featureNames[modality]}`;
  const classifier = createClassifier(model, {
    seed: fold.seed(`${purpose}${model}/${modality}`),
    c: fold.recipe.c?.[model],
    channels: fold.channels.get(modality),
    blocks: fold.blocks.get(modality),
  });
  try {
    fitOn(fold, classifier, x, train, {
      name,
      kind: purpose === "" ? "classifier" : "feature-network",
    });
  } catch (error) {
    classifier.dispose();
    throw error;
  }
  if (classifier instanceof NetworkClassifier) fold.log.curve(name, classifier.history);
  fold.save(`${purpose}${model}-${modality}`, classifier.state());
  return classifier;
}

/** Rows of the deciders themselves, on each modality and, by early fusion, on both. */
export function deciderRows(fold: Fold, deciders: Deciders): (FoldRow | UnfittedRow)[] {
  const { unimodal, early, unfitted } = deciders;
  return inputs(fold).map(({ modality, x }) => {
    const row = rowName(fold, modality, fold.recipe.deciders[modality]);
    const model = modality === "fused" ? early : unimodal.get(modality);
    return model === undefined
      ? { ...row, unfitted: unfitted.get(modality)! }
      : classifierRow(fold, row, model, x);
  });
}

/** Frees the models. */
export function disposeDeciders({ unimodal, early }: Deciders): void {
  for (const model of unimodal.values()) model.dispose();
  early?.dispose();
}
