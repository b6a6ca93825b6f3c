import type { Backbone } from "../../../models/backbone.ts";
import { type BackboneName, BACKBONES } from "../../../models/registry.ts";
import type { SavedModel } from "../../classify/model_state.ts";
import { decodeSafetensors, encodeSafetensors } from "../../numeric/safetensors.ts";
import { BundleError } from "./bundle_error.ts";
import { graphFiles, graphPart } from "./graph_part.ts";

/**
 * A backbone as the part of a bundle: the two files of a graph model in an npm package, the tensors of
 * a weights file that the user brings, or the seed of random weights, which in runs is 0.
 */
export function backbonePart(
  name: BackboneName,
  files: readonly Uint8Array<ArrayBuffer>[],
): SavedModel {
  const { packageFiles, userWeights } = BACKBONES[name];
  if (packageFiles) {
    const [manifest, weights] = files;
    return graphPart(name, { manifest: new TextDecoder().decode(manifest), weights });
  }
  if (!userWeights) return { model: name, settings: { seed: 0 }, tensors: {} };
  const { tensors, metadata } = decodeSafetensors(files[0]);
  return { model: name, settings: metadata, tensors };
}

/**
 * Builds the backbone of a bundle's part. The tfjs backend must be ready.
 *
 * @throws {BundleError} If there is no such backbone.
 * @throws {WeightsError} If the weights are of another network.
 */
export async function restoreBackbone(part: SavedModel): Promise<Backbone> {
  if (!Object.hasOwn(BACKBONES, part.model)) {
    throw new BundleError(`this bundle has the backbone "${part.model}", which is unknown`);
  }
  const { packageFiles, userWeights, load } = BACKBONES[part.model as BackboneName];
  if (packageFiles) {
    const { manifest, weights } = graphFiles(part);
    return await load([new TextEncoder().encode(manifest), weights], 0);
  }
  if (!userWeights) return await load([], Number(part.settings.seed));
  return await load([encodeSafetensors(part.tensors, part.settings as Record<string, string>)], 0);
}
