import * as tf from "@tensorflow/tfjs";
import { fromFloat16 } from "../src/numeric/float16.ts";
import { Random } from "../src/numeric/random.ts";
import type { TensorArray, TensorMap } from "../src/numeric/safetensors.ts";
import { type Backbone, type BackboneInfo, checkFrames, type FrameShape } from "./backbone.ts";
import { minusMeans } from "./minus_means.ts";
import { replaceTensor } from "./replace_tensor.ts";
import { sha256Hex } from "./sha256.ts";
import {
  readVgg16Preprocessing,
  VGG16_PREPROCESSING,
  type Vgg16Preprocessing,
} from "./vgg16_preprocessing.ts";
import { WeightsError } from "./weights_error.ts";

/** The name of the backbone with imported VGG16-Face weights. */
export const VGG16_FACE = "vgg16-face" as const;

/** The name of the backbone with seeded random weights. */
export const VGG16_RANDOM = "vgg16-random" as const;

/** Terms under which the VGG16-Face weights come. */
export const VGG16_FACE_LICENCE: string =
  "research use only (Visual Geometry Group, University of Oxford; converted by keras_vggface)";

/** Where the VGG16-Face weights come from. */
export const VGG16_FACE_SOURCE: string =
  "https://github.com/rcmalli/keras-vggface/releases/download/v2.0/rcmalli_vggface_tf_notop_vgg16.h5";

/** Terms of the random weights. */
export const VGG16_RANDOM_LICENCE: string = "none needed: random numbers";

/** Frames of one pass: the last layers of one frame have too few tiles for what their filters weigh. */
const BATCH = 4;

/** Each of the five max poolings halves the picture, rounding down. */
const POOLINGS = 5;

/** One convolution of the network: 3 x 3, stride 1, same padding, ReLU. */
export interface Vgg16Layer {
  /** The layer's name; its weights are `name/kernel` and `name/bias`. */
  readonly name: string;
  /** Channels it reads. */
  readonly inputs: number;
  /** Channels it writes. */
  readonly outputs: number;
  /** Whether a 2 x 2 max pooling follows. */
  readonly pooled: boolean;
}

/** The thirteen convolutions of VGG16, configuration D (Simonyan and Zisserman 2014, table 1). */
export const VGG16_LAYERS: readonly Vgg16Layer[] = [[2, 64], [2, 128], [3, 256], [3, 512], [3, 512]]
  .flatMap(([count, outputs], block, blocks) =>
    Array.from({ length: count }, (_, i) => ({
      name: `conv${block + 1}_${i + 1}`,
      inputs: i > 0 ? outputs : block > 0 ? blocks[block - 1][1] : 3,
      outputs,
      pooled: i === count - 1,
    }))
  );

/**
 * The convolutions of VGG16-Face (O. M. Parkhi, A. Vedaldi, A. Zisserman, "Deep face recognition",
 * BMVC 2015) up to the last pooling, flattened in the order row, column, channel. A frame is taken at
 * the size it has: 128 x 227 pixels give 4 x 7 x 512 = 14336 features.
 *
 * Preprocessing: red and blue change places, and 93.5940, 104.7624, 129.1863 are taken from blue,
 * green and red, unless the file's metadata tells of another (see `readVgg16Preprocessing`).
 *
 * `file.tensors` holds, for every layer of {@linkcode VGG16_LAYERS}, `name/kernel`
 * [3, 3, inputs, outputs] and `name/bias` [outputs], both float32 or float16. Licence and source are
 * those of the metadata, where it has them. The tfjs backend must be ready.
 *
 * @throws {WeightsError} If a layer is missing or has another shape; the message names it.
 */
export async function createVgg16Face(file: Vgg16File): Promise<Backbone> {
  const info = await describeVgg16Face(file);
  return vgg16(
    floatWeights(file.tensors),
    { name: VGG16_FACE, ...info },
    readVgg16Preprocessing(file.metadata),
  );
}

/** A file of VGG16 weights as `decodeSafetensors` reads it. */
export interface Vgg16File {
  /** The kernels and biases by name. */
  readonly tensors: TensorMap;
  /** What the file says of itself: `preprocessing`, `licence` and `source` are used. */
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * What identifies the backbone that {@linkcode createVgg16Face} makes of `file`.
 *
 * Its hash is that of the kernel and the bias of every layer, in the network's order and as float32,
 * and of the preprocessing where it is not VGG-Face's. Names and other metadata do not count, so
 * importing the same weights from a renamed file keeps every cache.
 *
 * @throws {WeightsError} If a layer is missing or has another shape; the message names it.
 */
export async function describeVgg16Face(
  { tensors, metadata }: Vgg16File,
): Promise<Pick<BackboneInfo, "weightsHash" | "licence" | "source">> {
  checkVgg16Weights(tensors);
  const preprocessing = readVgg16Preprocessing(metadata);
  const parts = VGG16_LAYERS.flatMap(({ name }) => [
    bytesOf(floats(tensors[`${name}/kernel`].data)),
    bytesOf(floats(tensors[`${name}/bias`].data)),
  ]);
  const { channels, means } = preprocessing;
  const usual = VGG16_PREPROCESSING.vggface;
  if (channels !== usual.channels || String(means) !== String(usual.means)) {
    parts.push(new TextEncoder().encode(`${channels} ${means}`));
  }
  return {
    weightsHash: await sha256Hex(...parts),
    licence: metadata.licence ?? VGG16_FACE_LICENCE,
    source: metadata.source ?? VGG16_FACE_SOURCE,
  };
}

/**
 * The same network with random weights: He-normal kernels (standard deviation sqrt(2 / (9 inputs)))
 * and zero biases, drawn from `seed`. It has never seen a face; it is for tests and benchmarks.
 * The tfjs backend must be ready.
 */
export async function createVgg16Random(seed: number): Promise<Backbone> {
  const weights: TensorMap = {};
  for (const { name, inputs, outputs } of VGG16_LAYERS) {
    const random = new Random(seed).derive(`${VGG16_RANDOM}/${name}`);
    const deviation = Math.sqrt(2 / (9 * inputs));
    const kernel = new Float32Array(9 * inputs * outputs);
    // Not Float32Array.from, which takes several times as long for these 14.7 million numbers.
    for (let i = 0; i < kernel.length; i++) kernel[i] = deviation * random.normal();
    weights[`${name}/kernel`] = { shape: [3, 3, inputs, outputs], data: kernel };
    weights[`${name}/bias`] = { shape: [outputs], data: new Float32Array(outputs) };
  }
  return vgg16(weights, {
    name: VGG16_RANDOM,
    weightsHash: await vgg16RandomHash(seed),
    licence: VGG16_RANDOM_LICENCE,
    source: `seed ${seed}`,
  }, VGG16_PREPROCESSING.vggface);
}

/** The hash that stands for the weights that {@linkcode createVgg16Random} draws from `seed`. */
export function vgg16RandomHash(seed: number): Promise<string> {
  return sha256Hex(new TextEncoder().encode(`${VGG16_RANDOM} ${seed >>> 0}`));
}

/** Features of one cell of the last feature map. */
export const VGG16_CHANNELS = 512;

/**
 * Features that VGG16's convolutions give for a frame of `height` x `width` pixels.
 *
 * @throws {RangeError} If a side has fewer than 32 pixels: the five poolings leave nothing.
 */
export function vgg16FeatureSize(height: number, width: number): number {
  const rows = height >> POOLINGS;
  const cols = width >> POOLINGS;
  if (rows < 1 || cols < 1) {
    throw new RangeError(`VGG16 needs frames of at least 32 x 32 pixels, got ${height} x ${width}`);
  }
  return rows * cols * VGG16_CHANNELS;
}

/**
 * Checks that `weights` holds every layer of VGG16 in its shape.
 *
 * @throws {WeightsError} If a tensor is missing, or has another shape or type; the message names it.
 */
export function checkVgg16Weights(weights: TensorMap): void {
  for (const { name, inputs, outputs } of VGG16_LAYERS) {
    check(weights, name, "kernel", [3, 3, inputs, outputs]);
    check(weights, name, "bias", [outputs]);
  }
}

function check(weights: TensorMap, layer: string, part: string, shape: readonly number[]): void {
  const tensor = weights[`${layer}/${part}`];
  if (tensor === undefined) {
    throw new WeightsError(
      `layer ${layer} has no ${part}: expected one of shape [${shape.join(", ")}]`,
    );
  }
  if (String(tensor.shape) !== String(shape)) {
    throw new WeightsError(
      `layer ${layer} has a ${part} of shape [${tensor.shape.join(", ")}]: ` +
        `expected [${shape.join(", ")}]`,
    );
  }
  if (!(tensor.data instanceof Float32Array || tensor.data instanceof Uint16Array)) {
    throw new WeightsError(`layer ${layer} has a ${part} that is neither float32 nor float16`);
  }
}

function vgg16(
  weights: TensorMap,
  info: { name: string; weightsHash: string; licence: string; source: string },
  preprocessing: Vgg16Preprocessing,
): Backbone {
  const layers = VGG16_LAYERS.map(({ name, inputs, outputs, pooled }) => ({
    filter: tf.tensor4d(weights[`${name}/kernel`].data as Float32Array, [3, 3, inputs, outputs]),
    bias: tf.tensor1d(weights[`${name}/bias`].data as Float32Array),
    pooled,
  }));

  function forward(frames: Uint8Array, { n, height, width }: FrameShape): tf.Tensor4D {
    let x = tf.tensor4d(minusMeans(frames, preprocessing), [n, height, width, 3]);
    for (const { filter, bias, pooled } of layers) {
      x = replaceTensor(x, (input) =>
        tf.fused.conv2d({
          x: input,
          filter,
          bias,
          strides: 1,
          pad: "same",
          activation: "relu",
        }));
      if (pooled) x = replaceTensor(x, (input) => tf.maxPool(input, 2, 2, "valid"));
    }
    return x;
  }

  return {
    ...info,
    channels: VGG16_CHANNELS,
    featureSize: vgg16FeatureSize,
    embed(frames, shape) {
      checkFrames(frames, shape);
      const { n, height, width } = shape;
      const features = vgg16FeatureSize(height, width);
      const out = new Float32Array(n * features);
      const stride = height * width * 3;
      for (let at = 0; at < n; at += BATCH) {
        const count = Math.min(BATCH, n - at);
        const part = frames.subarray(at * stride, (at + count) * stride);
        out.set(
          tf.tidy(() => forward(part, { n: count, height, width }).dataSync()),
          at * features,
        );
      }
      return out;
    },
    dispose() {
      for (const { filter, bias } of layers) tf.dispose([filter, bias]);
    },
  };
}

/** The same weights, all float32. */
function floatWeights(tensors: TensorMap): TensorMap {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: floats(data) }]),
  );
}

/** Float32 numbers as they are, float16 widened; {@linkcode checkVgg16Weights} lets nothing else by. */
function floats(data: TensorArray): Float32Array {
  return data instanceof Uint16Array ? fromFloat16(data) : data as Float32Array;
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
}
