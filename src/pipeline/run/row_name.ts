import type { RowName } from "./results.ts";

/** The name of a row alone. */
export function rowNameOf(
  { modality, recipe, features, normalisation, model, fusion }: RowName,
): RowName {
  return { modality, recipe, features, normalisation, model, fusion };
}
