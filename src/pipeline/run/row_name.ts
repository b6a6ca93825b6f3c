import type { ModelName } from "../../classify/registry.ts";
import type { FusionName } from "../../fusion/registry.ts";
import type { Seen } from "../../modality.ts";
import type { Normalisation } from "../fold/normalisation.ts";

/**
 * Rows that know nothing of a test sample: `chance` guesses every class equally often, `majority`
 * always says the commonest class of the training samples.
 */
export type BaselineName = "chance" | "majority";

/** What a row of the results stands for. */
export interface RowName {
  /** The modality the model saw, or `fused` for both. */
  readonly modality: Seen;
  /** Name of the recipe that the row is of; nothing of a baseline. */
  readonly recipe: string;
  /** Name of the features, those of both modalities with a `+` between them. */
  readonly features: string;
  /** How they were normalised. */
  readonly normalisation: Normalisation;
  /** The model that gives the class; two with a `+` where decisions of different models are fused. */
  readonly model: ModelName | `${ModelName}+${ModelName}` | BaselineName;
  /** How modalities were combined. */
  readonly fusion: FusionName;
}

/** The name of a row alone. */
export function rowNameOf(row: RowName): RowName {
  const { modality, recipe, features, normalisation, model, fusion } = row;
  return { modality, recipe, features, normalisation, model, fusion };
}
