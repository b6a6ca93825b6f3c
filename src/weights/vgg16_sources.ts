import { VGG16_FACE_LICENCE, VGG16_FACE_SOURCE, VGG16_LAYERS } from "../../models/vgg16_face.ts";
import type { Vgg16PreprocessingName } from "../../models/vgg16_preprocessing.ts";
import { WeightsError } from "../../models/weights_error.ts";
import type { KerasLayer } from "./read_keras_h5.ts";

/** Where a Keras file with VGG16's convolutions comes from, and how its layers are called. */
export interface Vgg16Source {
  /** Name for results and the registry. */
  readonly name: string;
  /** What was found, for people. */
  readonly description: string;
  /** Names of the thirteen convolutions in the file, in the network's order. */
  readonly layers: readonly string[];
  /** How pictures are prepared for these weights. */
  readonly preprocessing: Vgg16PreprocessingName;
  /** Where the file is published. */
  readonly url: string;
  /** What the weights may be used for. */
  readonly licence: string;
}

/** How Keras calls convolutions that were given no name: `conv2d_1`, and `convolution2d_1` before 2.0. */
const UNNAMED = /^conv(?:olution)?2d(?:_\d+)?$/;

/** How many layers an error message lists. */
const LISTED = 8;

/**
 * Tells from a file's layers whose VGG16 it is:
 *
 * - keras_vggface, without or with its classifier: `conv1_1` ... `conv5_3` (`fc6` ...);
 * - Keras Applications' ImageNet VGG16: `block1_conv1` ... `block5_conv3` (`fc1` ...);
 * - deepface's Sequential model: sixteen convolutions without names, the last three its classifier,
 *   taken by their order.
 *
 * Shapes are not compared here: `checkVgg16Weights` does that.
 *
 * @example
 * ```ts
 * import { findVgg16Source } from "./vgg16_sources.ts";
 * import assert from "node:assert/strict";
 *
 * const blocks = [2, 2, 3, 3, 3].flatMap((count, i) =>
 *   Array.from({ length: count }, (_, j) => ({ name: `block${i + 1}_conv${j + 1}`, kernel: [3, 3, 1, 1] }))
 * );
 * assert.equal(findVgg16Source(blocks).preprocessing, "imagenet");
 * ```
 *
 * @throws {WeightsError} If the layers are of no such file.
 */
export function findVgg16Source(layers: readonly KerasLayer[]): Vgg16Source {
  const names = new Set(layers.map(({ name }) => name));
  const top = (...classifier: string[]) => classifier.some((name) => names.has(name));
  if (names.has("conv1_1")) {
    const withTop = top("fc6", "fc7", "fc8");
    return {
      name: withTop ? "keras-vggface-top" : "keras-vggface-notop",
      description: `VGG16-Face of keras_vggface, ${withTop ? "with its" : "without a"} classifier`,
      layers: VGG16_LAYERS.map(({ name }) => name),
      preprocessing: "vggface",
      url: VGG16_FACE_SOURCE,
      licence: VGG16_FACE_LICENCE,
    };
  }
  if (names.has("block1_conv1")) {
    const withTop = top("fc1", "fc2", "predictions");
    return {
      name: withTop ? "keras-imagenet-top" : "keras-imagenet-notop",
      description: `ImageNet VGG16 of Keras Applications, ${
        withTop ? "with its" : "without a"
      } classifier: it knows objects, not faces`,
      layers: VGG16_LAYERS.map(({ name }) => name.replace(/conv(\d)_(\d)/, "block$1_conv$2")),
      preprocessing: "imagenet",
      url: "https://storage.googleapis.com/tensorflow/keras-applications/vgg16/" +
        "vgg16_weights_tf_dim_ordering_tf_kernels_notop.h5",
      licence: "CC BY 4.0 (Visual Geometry Group, University of Oxford; by Keras Applications)",
    };
  }
  const unnamed = layers.filter(({ name, kernel }) => kernel && UNNAMED.test(name));
  // Thirteen, and the three that stand for deepface's fully connected layers.
  if (unnamed.length === 13 || unnamed.length === 16) {
    return {
      name: "deepface",
      description: `VGG16-Face of deepface: ${unnamed.length} unnamed convolutions, by their order`,
      layers: unnamed.slice(0, 13).map(({ name }) => name),
      preprocessing: "vggface",
      url: "https://github.com/serengil/deepface_models/releases/download/v1.0/vgg_face_weights.h5",
      licence: "research use only (Visual Geometry Group, University of Oxford; by deepface)",
    };
  }
  const found = layers.map(({ name }) => name);
  const list = found.length === 0
    ? "no layers"
    : found.slice(0, LISTED).join(", ") + (found.length > LISTED ? ", ..." : "");
  throw new WeightsError(
    `it holds no VGG16 that Emofuse knows (keras_vggface: conv1_1 ...; Keras Applications: ` +
      `block1_conv1 ...; deepface: 16 unnamed convolutions); it has ${list}`,
  );
}
