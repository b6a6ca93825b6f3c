import { createClassifier } from "../../classify/registry.ts";
import type { SampleTable } from "../../evaluate/sample_table.ts";
import type { Seen } from "../../modality.ts";
import { classifierRow, fitOn, rowName, rowOrReason } from "./fold_tools.ts";
import type { Fold, FoldRow, UnfittedRow } from "./fold.ts";

/** Rows of the recipe's classifiers on each modality and, by early fusion, on both. */
export function classicalRows(fold: Fold): (FoldRow | UnfittedRow)[] {
  const rows: (FoldRow | UnfittedRow)[] = [];
  for (const { modality, x } of inputs(fold)) {
    for (const model of fold.recipe.classifiers) {
      fold.announce(`${model} on ${modality}`);
      const classifier = createClassifier(model, {
        seed: fold.seed(`${model}/${modality}`),
        c: fold.recipe.c?.[model],
      });
      const row = rowName(fold, modality, model);
      rows.push(rowOrReason(row, () => {
        fitOn(fold, classifier, x, fold.job.train, {
          name: `${model} on ${fold.featureNames[modality]}`,
        });
        fold.save(`${model}-${modality}`, classifier.state());
        return classifierRow(fold, row, classifier, x);
      }));
      classifier.dispose();
    }
  }
  return rows;
}

/** Each modality's features and, where there are two, both together: early fusion. */
export function inputs(fold: Fold): { modality: Seen; x: SampleTable }[] {
  const unimodal: { modality: Seen; x: SampleTable }[] = [...fold.features].map((
    [modality, x],
  ) => ({ modality, x }));
  return fold.fused ? [...unimodal, { modality: "fused", x: fold.fused }] : unimodal;
}
