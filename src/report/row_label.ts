import { NORMALISATIONS } from "../pipeline/fold/normalisation.ts";
import type { RowName } from "../pipeline/run/results.ts";

/** What people call the modalities. */
export const MODALITY_LABELS: Readonly<Record<RowName["modality"], string>> = {
  audio: "voice",
  video: "face",
  fused: "voice\u00a0+\u00a0face",
};

/** What people met who were asked about clips, to follow "people who". */
export const MET_LABELS: Readonly<Record<RowName["modality"], string>> = {
  audio: "heard the voice",
  video: "saw the face",
  fused: "heard and saw",
};

/** Whether a row is `chance` or `majority`, which look at nothing. */
export function isBaseline({ model }: Pick<RowName, "model">): boolean {
  return model === "chance" || model === "majority";
}

/** A row's model and fusion: "svm-rbf", "svm-rbf, decision-mean". */
export function rowTitle({ model, fusion }: RowName): string {
  return fusion === "none" ? model : `${model}, ${fusion}`;
}

/** The features of a row, with its recipe where that is told: "voice", "statistics · voice". */
export function rowFeatures({ recipe, features }: Pick<RowName, "recipe" | "features">): string {
  return [recipe, features].filter((part) => part).join(" · ");
}

/** What a row's model saw: "mfcc+face · own speaker statistics"; nothing of a baseline. */
export function rowDetail(row: RowName): string {
  if (isBaseline(row)) return "";
  const detail = [rowFeatures(row), NORMALISATIONS[row.normalisation].label];
  return detail.filter((part) => part).join(" · ");
}

/** A row in one line: "voice: svm-rbf (mfcc · training statistics)". */
export function rowLabel(row: RowName): string {
  const detail = rowDetail(row);
  if (isBaseline(row)) return row.model;
  return `${MODALITY_LABELS[row.modality]}: ${rowTitle(row)}${detail ? ` (${detail})` : ""}`;
}

/** What two rows of different runs share if they are the same model on the same features. */
export function rowKey(row: RowName): string {
  const { modality, recipe, features, model, fusion, normalisation } = row;
  return JSON.stringify([modality, recipe, features, model, fusion, normalisation]);
}
