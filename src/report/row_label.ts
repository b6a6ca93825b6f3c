import { NORMALISATIONS, type RowName } from "../pipeline/results.ts";

/** What people call the modalities. */
export const MODALITY_LABELS: Readonly<Record<RowName["modality"], string>> = {
  audio: "voice",
  video: "face",
  fused: "voice\u00a0+\u00a0face",
};

/** Whether a row is `chance` or `majority`, which look at nothing. */
export function isBaseline({ model }: Pick<RowName, "model">): boolean {
  return model === "chance" || model === "majority";
}

/** A row's model and fusion: "svm-rbf", "svm-rbf, decision-mean". */
export function rowTitle({ model, fusion }: RowName): string {
  return fusion === "none" ? model : `${model}, ${fusion}`;
}

/** What a row's model saw: "mfcc+face · own speaker statistics"; nothing of a baseline. */
export function rowDetail(row: RowName): string {
  if (isBaseline(row)) return "";
  return [row.features, NORMALISATIONS[row.normalisation].label].filter((part) => part).join(" · ");
}

/** A row in one line: "voice: svm-rbf (mfcc · training statistics)". */
export function rowLabel(row: RowName): string {
  const detail = rowDetail(row);
  if (isBaseline(row)) return row.model;
  return `${MODALITY_LABELS[row.modality]}: ${rowTitle(row)}${detail ? ` (${detail})` : ""}`;
}

/** What two rows of different runs share if they are the same model on the same features. */
export function rowKey({ modality, features, model, fusion, normalisation }: RowName): string {
  return JSON.stringify([modality, features, model, fusion, normalisation]);
}
