import * as tf from "@tensorflow/tfjs";
import { type Backbone, checkFrames, type FrameShape } from "./backbone.ts";
import { minusMeans } from "./minus_means.ts";
import { decodeManifest } from "./weights_manifest.ts";
import { replaceTensor } from "./replace_tensor.ts";
import { sha256Hex } from "./sha256.ts";
import { VGG16_PREPROCESSING } from "./vgg16_preprocessing.ts";
import { WeightsError } from "./weights_error.ts";

/** The name of this backbone. */
export const FACERES = "faceres" as const;

/** Terms under which the weights come. */
export const FACERES_LICENCE: string =
  "MIT (@vladmandic/human); trained by HSE_FaceRec_tf (Apache-2.0) " +
  "on VGGFace2, a data set for non-commercial research";

/** Where the weights come from. */
export const FACERES_SOURCE: string = "npm:@vladmandic/human models/faceres, converted from " +
  "https://github.com/HSE-asavchenko/HSE_FaceRec_tf";

/** Side of the square input in pixels. */
const INPUT_SIZE = 224;

/** Length of an embedding: the channels of the last block. */
const FEATURES = 1024;

/** As for ImageNet: see the means in {@linkcode createFaceres}. */
const PREPROCESSING = VGG16_PREPROCESSING.imagenet;

/** Strides of the thirteen depthwise convolutions of MobileNet v1 (Howard et al. 2017, table 1). */
const STRIDES = [1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1];

/** Frames of one pass: more are not faster, and the largest activations take 3 MB each. */
const BATCH = 1;

/** Features that faceres gives for a frame: 1024, whatever the frame's size. */
export function faceresFeatureSize(): number {
  return FEATURES;
}

/** One depthwise-separable block with its batch norms folded in. */
type Block = {
  stride: number;
  depthwise: tf.Tensor4D;
  depthwiseBias: tf.Tensor1D;
  pointwise: tf.Tensor4D;
  pointwiseBias: tf.Tensor1D;
};

/** The network's weights: the first convolution and the blocks. */
type Network = { first: tf.Tensor4D; firstBias: tf.Tensor1D; blocks: Block[] };

/** The two files of the graph model. */
export interface FaceresFiles {
  /** Text of `faceres.json`. */
  readonly manifest: string;
  /** Bytes of `faceres.bin`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * MobileNet v1 (A. G. Howard et al., arXiv 1704.04861) trained to recognise the people of VGGFace2
 * (A. V. Savchenko, "Efficient facial representations for age, gender and identity recognition",
 * 2019): 1024 features a frame, the mean over the last activations (node `global_pooling/Mean`).
 *
 * Preprocessing: each frame is resized to 224 x 224 (bilinear, pixel centres aligned, the aspect ratio not kept), red
 * and blue change places, and 103.939, 116.779, 123.68 are taken from blue, green and red.
 *
 * The published graph is rebuilt from fused convolutions, with the scale of each batch norm folded
 * into the kernel before it. That gives the graph's own values to float rounding in half of its time.
 * The tfjs backend must be ready.
 *
 * @throws {WeightsError} If the files are damaged or of another network.
 */
export async function createFaceres({ manifest, weights }: FaceresFiles): Promise<Backbone> {
  const weightsHash = await sha256Hex(weights);
  const network = tf.tidy(() => build(manifest, weights));
  const { first, firstBias, blocks } = network;

  function forward(frames: Uint8Array, { n, height, width }: FrameShape): tf.Tensor2D {
    let x = tf.tensor4d(minusMeans(frames, PREPROCESSING), [n, height, width, 3]);
    if (height !== INPUT_SIZE || width !== INPUT_SIZE) {
      x = replaceTensor(
        x,
        (input) => tf.image.resizeBilinear(input, [INPUT_SIZE, INPUT_SIZE], false, true),
      );
    }
    const same = { pad: "same", activation: "relu6" } as const;
    x = replaceTensor(
      x,
      (input) => tf.fused.conv2d({ x: input, filter: first, bias: firstBias, strides: 2, ...same }),
    );
    for (const { stride, depthwise, depthwiseBias, pointwise, pointwiseBias } of blocks) {
      x = replaceTensor(x, (input) =>
        tf.fused.depthwiseConv2d({
          x: input,
          filter: depthwise,
          bias: depthwiseBias,
          strides: stride,
          ...same,
        }));
      x = replaceTensor(
        x,
        (input) =>
          tf.fused.conv2d({
            x: input,
            filter: pointwise,
            bias: pointwiseBias,
            strides: 1,
            ...same,
          }),
      );
    }
    return tf.mean<tf.Tensor2D>(x, [1, 2]);
  }

  return {
    name: FACERES,
    weightsHash,
    licence: FACERES_LICENCE,
    source: FACERES_SOURCE,
    channels: FEATURES,
    featureSize: faceresFeatureSize,
    embed(frames, shape) {
      checkFrames(frames, shape);
      const { n, height, width } = shape;
      const out = new Float32Array(n * FEATURES);
      const stride = height * width * 3;
      for (let at = 0; at < n; at += BATCH) {
        const count = Math.min(BATCH, n - at);
        const part = frames.subarray(at * stride, (at + count) * stride);
        const features = tf.tidy(() => forward(part, { n: count, height, width }).dataSync());
        out.set(features, at * FEATURES);
      }
      return out;
    },
    dispose() {
      tf.dispose(network);
    },
  };
}

function build(manifest: string, weights: Uint8Array<ArrayBuffer>): Network {
  const tensors = decodeManifest("faceres.json", manifest, weights);
  const take = <T extends tf.Tensor>(name: string, shape: readonly number[]): T => {
    const tensor = tensors[name];
    if (tensor === undefined || String(tensor.shape) !== String(shape)) {
      throw new WeightsError(
        `faceres.json: expected the tensor "${name}" of shape [${shape}], ` +
          `got ${tensor === undefined ? "none" : `[${tensor.shape}]`}: is this Human's faceres?`,
      );
    }
    return tensor as T;
  };
  let channels = 32;
  const first = take<tf.Tensor4D>("conv1/convolution/merged_input", [3, 3, 3, channels]);
  const firstBias = take<tf.Tensor1D>("conv1_bn/batchnorm_1/sub", [channels]);
  const blocks = STRIDES.map((stride, i): Block => {
    const depthwise = `conv_dw_${i + 1}`;
    const pointwise = `conv_pw_${i + 1}`;
    // The channels double at the first block and wherever the size halves, up to 1024.
    const wider = i === 0 || stride === 2 ? channels * 2 : channels;
    const kernel = take<tf.Tensor4D>(`${depthwise}/depthwise_kernel`, [3, 3, channels, 1]);
    const scale = take<tf.Tensor1D>(`${depthwise}_bn/batchnorm_1/mul`, [channels]);
    const block = {
      stride,
      depthwise: tf.mul<tf.Tensor4D>(kernel, tf.reshape(scale, [1, 1, channels, 1])),
      depthwiseBias: take<tf.Tensor1D>(`${depthwise}_bn/batchnorm_1/sub`, [channels]),
      pointwise: take<tf.Tensor4D>(`${pointwise}/convolution/merged_input`, [
        1,
        1,
        channels,
        wider,
      ]),
      pointwiseBias: take<tf.Tensor1D>(`${pointwise}_bn/batchnorm_1/sub`, [wider]),
    };
    channels = wider;
    return block;
  });
  return { first, firstBias, blocks };
}
