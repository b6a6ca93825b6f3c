import type { FittedModel } from "../pipeline/fold/fit_final.ts";
import type { RowName } from "../pipeline/run/row_name.ts";

/** What tells a model's own rows from others of a run. */
export type OwnModels = Pick<FittedModel, "modalities" | "rule">;

/** Whether a row of a run stands for the model itself: one of its modalities, or both by its rule. */
export function isOwnRow(
  { modalities, rule }: OwnModels,
  { modality, model, fusion, normalisation }: Omit<RowName, "recipe" | "features">,
): boolean {
  if (normalisation !== "train") return false;
  return modality === "fused"
    ? fusion === rule?.name
    : fusion === "none" && model === modalities.get(modality)?.classifier.name;
}
