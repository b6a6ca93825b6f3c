import type { BackboneInfo } from "../../models/backbone.ts";
import type { EarInfo } from "../../models/ear.ts";
import { FACE_DETECTOR_LICENCE, FACE_DETECTOR_SOURCE } from "../../models/face_detector.ts";
import { LANDMARK_NETWORK } from "../../models/face_mesh.ts";
import { sha256Hex } from "../../models/sha256.ts";
import type { SavedModel } from "../classify/model_state.ts";
import type { RunConfig } from "../pipeline/config.ts";
import { backbonePart } from "../recognize/bundle/backbone_part.ts";
import type { PartName } from "../recognize/bundle/bundle.ts";
import { earPart } from "../recognize/bundle/ear_part.ts";
import { graphPart } from "../recognize/bundle/graph_part.ts";
import type { BackboneCard, BundleDtype, NetworkCard } from "../recognize/bundle/model_card.ts";
import { PICTURE_SIZES } from "../vision/picture_size.ts";
import { CROP_SIZE } from "../vision/crop_faces.ts";
import { openSameEar } from "../weights/load_ear.ts";
import { roundTensors } from "../weights/round_tensors.ts";
import { readBackboneFiles } from "../vision/load_backbone.ts";
import { readFaceDetectorFiles } from "../vision/load_face_detector.ts";

/** The networks that a bundle carries, and what its card says of them. */
export interface NetworkParts {
  /** Tensors of the networks, by the name of their part in the bundle. */
  readonly parts: Readonly<Partial<Record<PartName, SavedModel>>>;
  /** What describes frames. */
  readonly backbone: BackboneCard;
  /** Name, licence and hash of the network that finds faces. */
  readonly detector: NetworkCard;
  /** What tells how a face lies. */
  readonly mesh: NetworkCard;
}

/**
 * Reads the backbone of a run, the face detector and the face mesh as parts of a bundle. Where the mesh is the
 * backbone it is no part of its own.
 *
 * @throws {WeightsError} If their files are missing or damaged.
 */
export async function readNetworkParts(
  { backbone: name, crop }: Pick<RunConfig, "backbone" | "crop">,
  info: BackboneInfo,
  weights: string | undefined,
): Promise<NetworkParts> {
  const { files } = await readBackboneFiles(name, { weights });
  const detector = await readFaceDetectorFiles();
  const { spec, files: mesh } = await readBackboneFiles(LANDMARK_NETWORK);
  const { weightsHash: weightsSha256, ...terms } = await spec.describe(mesh, 0);
  const { height, width } = crop === "face"
    ? { height: CROP_SIZE, width: CROP_SIZE }
    : PICTURE_SIZES.none;
  const { weightsHash, licence, source, channels } = info;
  return {
    parts: {
      "video-backbone": backbonePart(name, files),
      "video-detector": graphPart("blazeface", detector),
      ...(name === LANDMARK_NETWORK ? {} : { "video-mesh": backbonePart(LANDMARK_NETWORK, mesh) }),
    },
    backbone: {
      name,
      weightsSha256: weightsHash,
      licence,
      source,
      channels,
      featureSize: info.featureSize(height, width),
    },
    detector: {
      name: "blazeface",
      weightsSha256: await sha256Hex(detector.weights),
      licence: FACE_DETECTOR_LICENCE,
      source: FACE_DETECTOR_SOURCE,
    },
    mesh: { name: LANDMARK_NETWORK, weightsSha256, ...terms },
  };
}

/** A trained ear as the part of a bundle, and what the card says of it. */
export interface EarParts {
  /** Its tensors. */
  readonly part: SavedModel;
  /** Name, licence and hash. */
  readonly card: NetworkCard;
}

/**
 * Reads the trained ear of a run as the part of a bundle, rounded as files of its weights are.
 *
 * @throws {WeightsError} If its file is missing, damaged or no longer what it was when the run began.
 */
export async function readEarPart(
  { name, weightsHash: weightsSha256, licence, source }: EarInfo,
  path: string,
  dtype: BundleDtype,
): Promise<EarParts> {
  const { tensors, ...part } = earPart((await openSameEar(path, weightsSha256)).file);
  return {
    part: { ...part, tensors: roundTensors(tensors, dtype) },
    card: { name, weightsSha256, licence, source },
  };
}
