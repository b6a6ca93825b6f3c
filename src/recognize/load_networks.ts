import { createFaceDetector } from "../../models/face_detector.ts";
import { LANDMARK_NETWORK } from "../../models/face_mesh.ts";
import { createFaceHead } from "../../models/face_head.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { StateReader } from "../classify/model_state.ts";
import { classifierFromState } from "../classify/registry.ts";
import { initBackend } from "../nn/backend.ts";
import { Matrix } from "../nn/matrix.ts";
import { predictNetwork } from "../nn/predict.ts";
import { Random } from "../nn/random.ts";
import { matrixRows } from "../nn/row_source.ts";
import { restoreBackbone } from "./backbone_part.ts";
import type { Bundle } from "./bundle.ts";
import { BundleError } from "./bundle_error.ts";
import { graphFiles } from "./graph_part.ts";
import type { FrameHead, Networks } from "./networks.ts";
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
  if (!card.video) return { restore };
  const detectorPart = need(parts["video-detector"], "face detector");
  const head = card.video.features === "face"
    ? restoreHead(need(parts["video-head"], "face head"))
    : undefined;
  const backbone = await restoreBackbone(need(parts["video-backbone"], "backbone"));
  const detector = await createFaceDetector(graphFiles(detectorPart));
  const mesh = backbone.name === LANDMARK_NETWORK
    ? backbone
    : parts["video-mesh"] && await restoreBackbone(parts["video-mesh"]);
  return { eyes: { backbone, detector, mesh }, head, restore };
}

function need(part: SavedModel | undefined, what: string): SavedModel {
  if (!part) throw new BundleError(`this bundle lacks its ${what}`);
  return part;
}

function restoreHead(part: SavedModel): FrameHead {
  const reader = new StateReader(part, "face-head");
  const inputSize = reader.count("inputSize");
  const network = createFaceHead({
    ...{ inputSize, nClasses: reader.count("nClasses"), random: new Random(0) },
  });
  network.variables.assign(part.tensors);
  return {
    features(embeddings) {
      const x = new Matrix(embeddings.length / inputSize, inputSize, embeddings);
      return predictNetwork(network, matrixRows(x), { batchSize: 128 }).features.data;
    },
    dispose: () => network.dispose(),
  };
}
