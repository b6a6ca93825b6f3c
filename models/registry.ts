import { commandLine } from "../src/runtime/invocation.ts";
import { decodeSafetensors } from "../src/numeric/safetensors.ts";
import type { Backbone, BackboneInfo } from "./backbone.ts";
import {
  createExpression,
  EXPRESSION_LICENCE,
  EXPRESSION_NETWORK,
  EXPRESSION_SOURCE,
  EXPRESSIONS,
} from "./expressions/expression.ts";
import {
  createFaceres,
  FACERES,
  FACERES_LICENCE,
  FACERES_SOURCE,
  faceresFeatureSize,
} from "./faceres.ts";
import {
  createFaceMesh,
  FACE_MESH_LICENCE,
  FACE_MESH_SOURCE,
  LANDMARK_NETWORK,
} from "./face_mesh.ts";
import { FACE_MESH_FEATURES } from "./face_mesh_features.ts";
import {
  createFaceApi,
  FACE_API,
  FACE_API_LICENCE,
  FACE_API_SOURCE,
} from "./expressions/face_api.ts";
import { sha256Hex } from "./sha256.ts";
import {
  createVgg16Face,
  createVgg16Random,
  describeVgg16Face,
  VGG16_CHANNELS,
  VGG16_FACE,
  VGG16_FACE_LICENCE,
  VGG16_FACE_SOURCE,
  VGG16_RANDOM,
  VGG16_RANDOM_LICENCE,
  vgg16FeatureSize,
  vgg16RandomHash,
} from "./vgg16_face.ts";

/** Names of the backbones. */
export type BackboneName =
  | "faceres"
  | "vgg16-face"
  | "vgg16-random"
  | "landmarks"
  | "expression"
  | "face-api";

/** A file inside an npm package. */
export interface PackageFile {
  /** The package as npm knows it, with its scope. */
  readonly packageName: "@vladmandic/face-api" | "@vladmandic/human";
  /** The file's path, relative to the package's entry module. */
  readonly path: string;
}

/** A weights file that the user brings. */
export interface UserWeights {
  /** Where to get it and how to import it, as an error message says it. */
  readonly instructions: string;
  /** Where the imported file lies when no path is given, relative to the working folder. */
  readonly defaultPath: string;
}

/** What tells one set of weights from another, and what they may be used for. */
export type WeightsIdentity = Pick<BackboneInfo, "weightsHash" | "licence" | "source">;

/** What is known of a backbone before it is loaded. */
export interface BackboneSpec {
  /** One line for lists of backbones. */
  readonly description: string;
  /** Which frames it takes. */
  readonly inputs: string;
  /** The two files of a graph model in an npm package, manifest and weights, if that is where they are. */
  readonly packageFiles?: readonly PackageFile[];
  /** The file that the user brings, if that is where the weights are. */
  readonly userWeights?: UserWeights;
  /** Whether it takes frames that a face fills, and has nothing to say of others. */
  readonly facesOnly?: boolean;

  /** How many of them describe one place of the picture: `featureSize` is a multiple of it. */
  readonly channels: number;

  /** How many features a frame of `height` x `width` pixels gives. */
  featureSize(height: number, width: number): number;

  /**
   * The identity of the backbone that `load` would make of the same arguments, without building the
   * network.
   */
  describe(files: readonly Uint8Array<ArrayBuffer>[], seed: number): Promise<WeightsIdentity>;

  /**
   * Builds the backbone from the contents of its files (those of `packageFiles` in their order, or the
   * user's file) and, where the weights are random, from `seed`. The tfjs backend must be ready.
   */
  load(files: readonly Uint8Array<ArrayBuffer>[], seed: number): Promise<Backbone>;
}

/** The backbone that is used unless another is asked for. */
export const DEFAULT_BACKBONE: BackboneName = FACERES;

/** Every backbone by name. */
export const BACKBONES: Readonly<Record<BackboneName, BackboneSpec>> = {
  [FACERES]: {
    description: "MobileNet v1 trained on VGGFace2; weights from npm; 1024 features a frame",
    inputs: "RGB frames of any size, resized to 224 x 224",
    packageFiles: [
      { packageName: "@vladmandic/human", path: "../models/faceres.json" },
      { packageName: "@vladmandic/human", path: "../models/faceres.bin" },
    ],
    channels: faceresFeatureSize(),
    featureSize: faceresFeatureSize,
    describe: async ([, weights]) => ({
      weightsHash: await sha256Hex(weights),
      licence: FACERES_LICENCE,
      source: FACERES_SOURCE,
    }),
    load: ([manifest, weights]) =>
      createFaceres({ manifest: new TextDecoder().decode(manifest), weights }),
  },
  [VGG16_FACE]: {
    description: "VGG16 trained on VGGFace; weights brought by the user; 14336 features a frame",
    inputs: "RGB frames as they are, at least 32 x 32 (the tutorial's are 128 x 227)",
    userWeights: {
      instructions: `download ${VGG16_FACE_SOURCE} (59 MB, ${VGG16_FACE_LICENCE}) and run ` +
        `"${commandLine("weights")} rcmalli_vggface_tf_notop_vgg16.h5"`,
      defaultPath: ".emofuse/weights/vgg16-face.safetensors",
    },
    channels: VGG16_CHANNELS,
    featureSize: vgg16FeatureSize,
    describe: async ([file]) => await describeVgg16Face(decodeSafetensors(file)),
    load: async ([file]) => await createVgg16Face(decodeSafetensors(file)),
  },
  [VGG16_RANDOM]: {
    description:
      "VGG16 with seeded random weights, for tests and benchmarks; 14336 features a frame",
    inputs: "RGB frames as they are, at least 32 x 32 (the tutorial's are 128 x 227)",
    channels: VGG16_CHANNELS,
    featureSize: vgg16FeatureSize,
    describe: async (_files, seed) => ({
      weightsHash: await vgg16RandomHash(seed),
      licence: VGG16_RANDOM_LICENCE,
      source: `seed ${seed}`,
    }),
    load: (_files, seed) => createVgg16Random(seed),
  },
  [LANDMARK_NETWORK]: {
    description: "68 landmarks a frame, by MediaPipe's face mesh; weights from npm; their geometry",
    inputs: "RGB frames of a face with a margin, resized to 192 x 192",
    packageFiles: [
      { packageName: "@vladmandic/human", path: "../models/facemesh.json" },
      { packageName: "@vladmandic/human", path: "../models/facemesh.bin" },
    ],
    facesOnly: true,
    channels: FACE_MESH_FEATURES,
    featureSize: () => FACE_MESH_FEATURES,
    describe: async ([, weights]) => ({
      weightsHash: await sha256Hex(weights),
      licence: FACE_MESH_LICENCE,
      source: FACE_MESH_SOURCE,
    }),
    load: ([manifest, weights]) =>
      createFaceMesh({ manifest: new TextDecoder().decode(manifest), weights }),
  },
  [EXPRESSION_NETWORK]: {
    description:
      "seven expressions of FER2013, by a small Xception; weights from npm; 7 features a frame",
    inputs: "RGB frames of a face with a margin, made grey and resized to 64 x 64",
    packageFiles: [
      { packageName: "@vladmandic/human", path: "../models/emotion.json" },
      { packageName: "@vladmandic/human", path: "../models/emotion.bin" },
    ],
    facesOnly: true,
    channels: EXPRESSIONS.length,
    featureSize: () => EXPRESSIONS.length,
    describe: async ([, weights]) => ({
      weightsHash: await sha256Hex(weights),
      licence: EXPRESSION_LICENCE,
      source: EXPRESSION_SOURCE,
    }),
    load: ([manifest, weights]) =>
      createExpression({ manifest: new TextDecoder().decode(manifest), weights }),
  },
  [FACE_API]: {
    description:
      "seven expressions, by face-api's densely connected network; weights from npm; 7 features a frame",
    inputs: "RGB frames of a face with a margin, resized to 112 x 112",
    packageFiles: [
      "../model/face_expression_model-weights_manifest.json",
      "../model/face_expression_model.bin",
    ].map((path) => ({ packageName: "@vladmandic/face-api", path })),
    facesOnly: true,
    channels: EXPRESSIONS.length,
    featureSize: () => EXPRESSIONS.length,
    describe: async ([, weights]) => ({
      weightsHash: await sha256Hex(weights),
      licence: FACE_API_LICENCE,
      source: FACE_API_SOURCE,
    }),
    load: ([manifest, weights]) =>
      createFaceApi({ manifest: new TextDecoder().decode(manifest), weights }),
  },
};
