import { type FeatureSetOfModality, featureSetsOf } from "../../features/registry.ts";
import type { Modality } from "../../modality.ts";
import { BundleError } from "./bundle_error.ts";

/**
 * The feature set that a card names for a modality.
 *
 * @throws {BundleError} If that modality has none of that name.
 */
export function cardFeatures<M extends Modality>(
  modality: M,
  name: string,
): FeatureSetOfModality<M> {
  const set = featureSetsOf(modality).find((set) => set.name === name);
  if (!set) throw new BundleError(`this Emofuse has no ${modality} features "${name}": update it`);
  return set;
}
