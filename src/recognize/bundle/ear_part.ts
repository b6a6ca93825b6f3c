import type { Ear } from "../../../models/ear.ts";
import { type EarFile, earSpec } from "../../../models/ears.ts";
import type { SavedModel } from "../../classify/model_state.ts";
import type { NetworkCard } from "./model_card.ts";

/** A trained ear as the part of a bundle: its format, what its file says of itself, and its tensors. */
export function earPart({ tensors, metadata }: EarFile): SavedModel {
  return { model: metadata.format, settings: metadata, tensors };
}

/**
 * Builds the ear of a bundle's part. The tfjs backend must be ready. The hash that the card tells is taken over: to
 * compute it all weights would have to be there in single precision at once.
 *
 * @throws {WeightsError} If there is no such ear, or the weights are of another network.
 */
export async function restoreEar(
  { model, settings, tensors }: SavedModel,
  { weightsSha256 }: Pick<NetworkCard, "weightsSha256">,
): Promise<Ear> {
  const file = { tensors, metadata: settings as Record<string, string> };
  return await earSpec(model).load(file, weightsSha256);
}
