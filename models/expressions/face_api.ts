import * as tf from "@tensorflow/tfjs";
import { type Backbone, checkFrames } from "../backbone.ts";
import { EXPRESSIONS } from "./expression.ts";
import { replaceTensor } from "../replace_tensor.ts";
import { sha256Hex } from "../sha256.ts";
import { decodeManifest } from "../weights_manifest.ts";
import { WeightsError } from "../weights_error.ts";

/** The name of this backbone. */
export const FACE_API = "face-api" as const;

/** Terms under which the weights come. */
export const FACE_API_LICENCE: string =
  "MIT (justadudewhohacks/face-api.js; @vladmandic/face-api); trained on pictures of public data sets and of the web, " +
  "which its authors do not name";

/** Where the weights come from. */
export const FACE_API_SOURCE: string = "npm:@vladmandic/face-api model/face_expression_model, of " +
  "https://github.com/justadudewhohacks/face-api.js";

/** Its outputs in their order, in Emofuse's words. */
const OUTPUTS = ["neutral", "happy", "sad", "angry", "fearful", "disgust", "surprised"];

/** Which output each of {@linkcode EXPRESSIONS} is. */
const ORDER = EXPRESSIONS.map((label) => OUTPUTS.indexOf(label));

/** Side of the square input in pixels. */
const INPUT_SIZE = 112;

/** Means of red, green and blue in its training set. */
const MEAN_RGB = [122.782, 117.001, 104.298];

/** Blocks of four convolutions, each of which halves the picture. */
const BLOCKS = ["dense0", "dense1", "dense2", "dense3"] as const;

/** The two files of the network. */
export interface FaceApiFiles {
  /** Text of `face_expression_model-weights_manifest.json`. */
  readonly manifest: string;
  /** Bytes of `face_expression_model.bin`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * A small network of densely connected depthwise separable convolutions that tells seven expressions: the
 * `FaceExpressionNet` of face-api.js (V. Mühler, 2018; blocks after G. Huang et al., "Densely connected convolutional
 * networks", CVPR 2017). The features of a frame are the logarithms of the seven probabilities, in the order of
 * {@linkcode EXPRESSIONS}.
 *
 * Preprocessing: a frame is resized to 112 x 112 (bilinear, pixel centres aligned), less the mean colour, divided by
 * 255. The tfjs backend must be ready.
 *
 * @throws {WeightsError} If the files are damaged or of another network.
 */
export async function createFaceApi({ manifest, weights }: FaceApiFiles): Promise<Backbone> {
  const tensors = decodeManifest("face_expression_model-weights_manifest.json", manifest, weights);
  const take = <T extends tf.Tensor>(name: string): T => {
    if (tensors[name]) return tensors[name] as T;
    tf.dispose(tensors);
    throw new WeightsError(
      `face_expression_model lacks "${name}": is this the expression network of face-api?`,
    );
  };
  const blocks = BLOCKS.map((block, b) =>
    [0, 1, 2, 3].map((i) => {
      const name = `${block}/conv${i}`;
      const bias = take<tf.Tensor1D>(`${name}/bias`);
      const kernels = b === 0 && i === 0 ? ["filters"] : ["depthwise_filter", "pointwise_filter"];
      return { bias, kernels: kernels.map((kernel) => take<tf.Tensor4D>(`${name}/${kernel}`)) };
    })
  );
  const [matrix, bias] = [take<tf.Tensor2D>("fc/weights"), take<tf.Tensor1D>("fc/bias")];
  const scoresOf = (pixels: tf.Tensor4D): tf.Tensor2D => {
    let x = tf.div<tf.Tensor4D>(tf.sub(pixels, MEAN_RGB), 255);
    for (const block of blocks) x = replaceTensor(x, (input) => dense(input, block));
    x = replaceTensor(x, (input) => tf.avgPool(input, 7, 2, "valid"));
    return tf.add(tf.matMul(tf.reshape(x, [x.shape[0], -1]) as tf.Tensor2D, matrix), bias);
  };
  const features = EXPRESSIONS.length;
  return {
    name: FACE_API,
    weightsHash: await sha256Hex(weights),
    licence: FACE_API_LICENCE,
    source: FACE_API_SOURCE,
    channels: features,
    featureSize: () => features,
    embed(frames, shape) {
      checkFrames(frames, shape);
      const { n, height, width } = shape;
      const out = new Float32Array(n * features);
      const length = height * width * 3;
      // One at a time: in a batch the product of matrices rounds otherwise.
      for (let frame = 0; frame < n; frame++) {
        const pixels = Float32Array.from(frames.subarray(frame * length, (frame + 1) * length));
        const logs = tf.tidy(() => {
          const size: [number, number] = [INPUT_SIZE, INPUT_SIZE];
          const x = replaceTensor(
            tf.tensor4d(pixels, [1, height, width, 3]),
            (input) => tf.image.resizeBilinear(input, size, false, true),
          );
          return tf.logSoftmax(scoresOf(x)).dataSync<"float32">();
        });
        ORDER.forEach((output, c) => out[frame * features + c] = logs[output]);
      }
      return out;
    },
    dispose() {
      tf.dispose(tensors);
    },
  };
}

/** A convolution: a kernel of its own, or a depthwise one and a pointwise one. */
interface Convolution {
  readonly bias: tf.Tensor1D;
  readonly kernels: readonly tf.Tensor4D[];
}

/** Four convolutions, each of which sees the sum of what those before it gave; the first one halves the picture. */
function dense(x: tf.Tensor4D, [first, ...others]: readonly Convolution[]): tf.Tensor4D {
  let sum = tf.relu(convolve(x, first, 2));
  for (const [i, one] of others.entries()) {
    const input = i === 0 ? sum : tf.relu(sum);
    sum = tf.add<tf.Tensor4D>(sum, convolve(input, one, 1));
  }
  return tf.relu(sum);
}

function convolve(x: tf.Tensor4D, { kernels, bias }: Convolution, stride: number): tf.Tensor4D {
  const [kernel, pointwise] = kernels;
  const out = pointwise
    ? tf.separableConv2d(x, kernel, pointwise as tf.Tensor4D, stride, "same")
    : tf.conv2d(x, kernel, stride, "same");
  return tf.add(out, bias);
}
