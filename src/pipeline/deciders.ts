import type { Classifier } from "../classify/classifier.ts";
import { NetworkClassifier } from "../classify/network_classifier.ts";
import { createClassifier } from "../classify/registry.ts";
import type { Matrix } from "../nn/matrix.ts";
import { inputs } from "./classical_rows.ts";
import { classifierRow, fitOn, rowName } from "./fold_tools.ts";
import type { Fold, FoldRow, Modality } from "./fold.ts";

/** The models whose probabilities are fused: one a modality, and the early one where there are two. */
export interface Deciders<T extends Classifier = Classifier> {
  /** The unimodal models, in the order of the fold's features. */
  readonly unimodal: ReadonlyMap<Modality, T>;
  /** The early-fusion model, where there are two modalities. */
  readonly early?: T;
}

/** Deciders that learn features: networks. */
export type NetworkDeciders = Deciders<NetworkClassifier>;

/** The recipe's deciders fitted on the samples `train`; `purpose` begins their seeds and files. */
export function fitDeciders(fold: Fold, train: Int32Array, purpose: string): Deciders {
  return {
    unimodal: fitUnimodalDeciders(fold, train, purpose),
    early: fold.fused && fitDecider(fold, train, purpose, "fused", fold.fused),
  };
}

/** The unimodal deciders alone. */
export function fitUnimodalDeciders(
  fold: Fold,
  train: Int32Array,
  purpose: string,
): ReadonlyMap<Modality, Classifier> {
  return new Map(
    [...fold.features].map((
      [modality, x],
    ) => [modality, fitDecider(fold, train, purpose, modality, x)]),
  );
}

/** Fits and saves one model. The caller disposes it. */
function fitDecider(
  fold: Fold,
  train: Int32Array,
  purpose: string,
  modality: Modality | "fused",
  x: Matrix,
): Classifier {
  const model = fold.recipe.deciders[modality];
  fold.announce(`${purpose}${model} on ${modality}`);
  const name = `${purpose}${model} on ${fold.featureNames[modality]}`;
  const classifier = createClassifier(model, {
    seed: fold.seed(`${purpose}${model}/${modality}`),
    c: fold.recipe.c?.[model],
    channels: fold.channels.get(modality),
  });
  fitOn(fold, classifier, x, train, {
    name,
    kind: purpose === "" ? "classifier" : "feature-network",
  });
  if (classifier instanceof NetworkClassifier) fold.log.curve(name, classifier.history);
  fold.save(`${purpose}${model}-${modality}`, classifier.state());
  return classifier;
}

/** Rows of the deciders themselves, on each modality and, by early fusion, on both. */
export function deciderRows(fold: Fold, { unimodal, early }: Deciders): FoldRow[] {
  return inputs(fold).map(({ modality, x }) =>
    classifierRow(
      fold,
      rowName(fold, modality, fold.recipe.deciders[modality]),
      modality === "fused" ? early! : unimodal.get(modality)!,
      x,
    )
  );
}

/** Frees the models. */
export function disposeDeciders({ unimodal, early }: Deciders): void {
  for (const model of unimodal.values()) model.dispose();
  early?.dispose();
}
