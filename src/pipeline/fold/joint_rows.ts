import type { SequencePart } from "../../classify/networks/sequence_part.ts";
import { NetworkClassifier } from "../../classify/networks/network_classifier.ts";
import { createClassifier } from "../../classify/registry.ts";
import type { Seen } from "../../modality.ts";
import { classifierRow, fitOn, rowName } from "./fold_tools.ts";
import type { Fold, FoldRow, UnfittedRow } from "./fold.ts";
import { FitError } from "../../numeric/fit_error.ts";
import { OneModality } from "./one_modality.ts";

/**
 * The rows of a recipe whose one model sees all modalities together and does without any of them: on each
 * modality as if the others were missing, and on all. It is fitted once.
 */
export function jointRows(fold: Fold): (FoldRow | UnfittedRow)[] {
  const modalities = [...fold.features.keys()];
  const x = fold.fused ?? fold.features.get(modalities[0])!;
  const seen: Seen = fold.fused ? "fused" : modalities[0];
  const model = fold.recipe.deciders[seen];
  const parts = modalities.map((modality): SequencePart => ({
    modality,
    channels: fold.channels.get(modality)!,
    mirrored: fold.mirrored.get(modality),
  }));
  const rows = [
    ...modalities.map((modality) => rowName(fold, modality, model)),
    ...(fold.fused ? [rowName(fold, "fused", model, "attention")] : []),
  ];
  fold.announce(`${model} on ${seen}`);
  const name = `${model} on ${fold.featureNames[seen]}`;
  const classifier = createClassifier(model, { seed: fold.seed(`${model}/${seen}`), parts });
  try {
    fitOn(fold, classifier, x, fold.job.train, { name });
    if (classifier instanceof NetworkClassifier) fold.log.curve(name, classifier.history);
    fold.save(`${model}-${seen}`, classifier.state());
    return rows.map((row) => {
      const shown = row.modality === "fused" || !fold.fused
        ? x
        : x.transform(new OneModality(parts, row.modality));
      return classifierRow(fold, row, classifier, shown);
    });
  } catch (error) {
    if (!(error instanceof FitError)) throw error;
    return rows.map((row) => ({ ...row, unfitted: error.message }));
  } finally {
    classifier.dispose();
  }
}
