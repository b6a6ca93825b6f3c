import type { Cnn1d } from "../classify/cnn1d.ts";
import { createClassifier } from "../classify/registry.ts";
import type { Matrix } from "../nn/matrix.ts";
import { classifierRow, fitOn, foldSeed } from "./fold_tools.ts";
import type { Fold, FoldRow, Modality } from "./fold.ts";

/** The classifiers of the upper part of the table, in its order. */
export const CLASSICAL = ["gaussian-nb", "lda", "svm-linear", "svm-rbf"] as const;

/** One 1-D CNN a modality, and one on both modalities' features side by side where there are two. */
export interface Networks {
  /** The unimodal networks, in the order of the fold's features. */
  readonly unimodal: ReadonlyMap<Modality, Cnn1d>;
  /** The early-fusion network, where there are two modalities. */
  readonly early?: Cnn1d;
}

/** Rows of the classical models on each modality and, by early fusion, on both. */
export function classicalRows(fold: Fold): FoldRow[] {
  const rows: FoldRow[] = [];
  for (const { modality, x } of inputs(fold)) {
    for (const model of CLASSICAL) {
      fold.announce(`${model} on ${modality}`);
      const classifier = createClassifier(model, {
        seed: foldSeed(fold.job, `${model}/${modality}`),
      });
      fitOn(fold, classifier, x, fold.job.train);
      rows.push(
        classifierRow(fold, { modality, model, fusion: fusionOf(modality) }, classifier, x),
      );
      fold.save(`${model}-${modality}`, classifier.state());
      classifier.dispose();
    }
  }
  return rows;
}

/** One 1-D CNN a modality, fitted on the samples `train`; `purpose` names them in seeds and files. */
export function fitUnimodalNetworks(
  fold: Fold,
  train: Int32Array,
  purpose: string,
): ReadonlyMap<Modality, Cnn1d> {
  return new Map(
    [...fold.features].map((
      [modality, x],
    ) => [modality, fitNetwork(fold, train, purpose, modality, x)]),
  );
}

/** The unimodal 1-D CNNs and, where there are two modalities, the early-fusion one. */
export function fitNetworks(fold: Fold, train: Int32Array, purpose: string): Networks {
  return {
    unimodal: fitUnimodalNetworks(fold, train, purpose),
    early: fold.fused && fitNetwork(fold, train, purpose, "fused", fold.fused),
  };
}

/** Fits and saves one network. The caller disposes it. */
function fitNetwork(
  fold: Fold,
  train: Int32Array,
  purpose: string,
  modality: Modality | "fused",
  x: Matrix,
): Cnn1d {
  fold.announce(`${purpose} on ${modality}`);
  const network = createClassifier("cnn1d", {
    seed: foldSeed(fold.job, `${purpose}/${modality}`),
  }) as Cnn1d;
  fitOn(fold, network, x, train);
  fold.save(`${purpose}-${modality}`, network.state());
  return network;
}

/** Rows of the 1-D CNNs on each modality and, by early fusion, on both. */
export function networkRows(fold: Fold, networks: Networks): FoldRow[] {
  return inputs(fold).map(({ modality, x }) => {
    const network = modality === "fused" ? networks.early! : networks.unimodal.get(modality)!;
    return classifierRow(
      fold,
      { modality, model: "cnn1d", fusion: fusionOf(modality) },
      network,
      x,
    );
  });
}

/** Frees the networks. */
export function disposeNetworks({ unimodal, early }: Networks): void {
  for (const network of unimodal.values()) network.dispose();
  early?.dispose();
}

/** Each modality's features and, where there are two, both side by side: early fusion. */
export function inputs(fold: Fold): { modality: Modality | "fused"; x: Matrix }[] {
  const unimodal: { modality: Modality | "fused"; x: Matrix }[] = [...fold.features].map((
    [modality, x],
  ) => ({ modality, x }));
  return fold.fused ? [...unimodal, { modality: "fused", x: fold.fused }] : unimodal;
}

function fusionOf(modality: Modality | "fused"): "none" | "early" {
  return modality === "fused" ? "early" : "none";
}
