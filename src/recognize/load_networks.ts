import { createFaceDetector } from "../../models/face_detector.ts";
import { LANDMARK_NETWORK } from "../../models/face_mesh.ts";
import { createFaceHead } from "../../models/face_head.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { StateReader } from "../classify/model_state.ts";
import { classifierFromState } from "../classify/registry.ts";
import type { FrameHead } from "../features/frame_head.ts";
import { networkHead } from "../features/network_head.ts";
import { initBackend } from "../nn/backend.ts";
import { Random } from "../numeric/random.ts";
import { restoreBackbone } from "./bundle/backbone_part.ts";
import type { Bundle } from "./bundle/bundle.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import { cardFeatures } from "./bundle/card_features.ts";
import { restoreEar } from "./bundle/ear_part.ts";
import { graphFiles } from "./bundle/graph_part.ts";
import type { Networks } from "./networks.ts";
import type { RecognizerOptions } from "./recognizer.ts";

/**
 * Starts tfjs and builds a bundle's networks.
 *
 * @throws {BackendError} If tfjs does not start.
 * @throws {BundleError} If a network is missing or unknown.
 * @throws {WeightsError} If its weights are of another network.
 * @throws {ModelStateError} If a face head is incomplete.
 */
export async function loadNetworks(
  { card, parts }: Bundle,
  { kernels, tfjs }: RecognizerOptions,
): Promise<Networks> {
  await initBackend({ kernels, tfjs, convolutions: card.video?.kernels });
  const restore = classifierFromState;
  const ear = card.audio?.ear
    ? await restoreEar(need(parts["audio-ear"], "trained ear"), card.audio.ear)
    : undefined;
  if (!card.video) return { ear, restore };
  const detectorPart = need(parts["video-detector"], "face detector");
  const head = cardFeatures("video", card.video.features).needs === "head"
    ? restoreHead(need(parts["video-head"], "face head"))
    : undefined;
  const backbone = await restoreBackbone(need(parts["video-backbone"], "backbone"));
  const detector = await createFaceDetector(graphFiles(detectorPart));
  const mesh = backbone.name === LANDMARK_NETWORK
    ? backbone
    : parts["video-mesh"] && await restoreBackbone(parts["video-mesh"]);
  return { eyes: { backbone, detector, mesh }, ear, head, restore };
}

function need(part: SavedModel | undefined, what: string): SavedModel {
  if (!part) throw new BundleError(`this bundle lacks its ${what}`);
  return part;
}

function restoreHead(part: SavedModel): FrameHead {
  const reader = new StateReader(part, "face-head");
  const inputSize = reader.count("inputSize");
  const network = createFaceHead({
    inputSize,
    nClasses: reader.count("nClasses"),
    random: new Random(0),
  });
  network.variables.assign(part.tensors);
  return networkHead(network);
}
