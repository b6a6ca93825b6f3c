import * as tf from "@tensorflow/tfjs";
import { type Backbone, checkFrames } from "../backbone.ts";
import { loadGraph } from "../load_graph.ts";
import { replaceTensor } from "../replace_tensor.ts";
import { sha256Hex } from "../sha256.ts";

/** The name of this backbone. */
export const EXPRESSION_NETWORK = "expression" as const;

/** Terms under which the weights come. */
export const EXPRESSION_LICENCE: string =
  "MIT (oarriaga/face_classification; @vladmandic/human); trained on FER2013, pictures of the web";

/** Where the weights come from. */
export const EXPRESSION_SOURCE: string = "npm:@vladmandic/human models/emotion, converted from " +
  "https://github.com/oarriaga/face_classification";

/** The expressions that the network tells apart, in the order of its outputs, in Emofuse's words. */
export const EXPRESSIONS = [
  "angry",
  "disgust",
  "fearful",
  "happy",
  "sad",
  "surprised",
  "neutral",
] as const;

/** Side of the square input in pixels. */
const INPUT_SIZE = 64;

/** The last output, and the sums that its softmax is of: the probabilities of rare classes are lost to rounding. */
const OUTPUT = "Identity:0",
  SCORES = "StatefulPartitionedCall/model_1/global_average_pooling2d_1/Mean";

/** How much red, green and blue weigh in grey (ITU-R BT.601). */
const GREY = [0.299, 0.587, 0.114];

/** Frames of one pass. */
const BATCH = 8;

/** The two files of the graph model. */
export interface ExpressionFiles {
  /** Text of `emotion.json`. */
  readonly manifest: string;
  /** Bytes of `emotion.bin`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/**
 * A small Xception that tells the seven expressions of FER2013 (O. Arriaga, M. Valdenegro-Toro and P. Ploeger,
 * "Real-time convolutional neural networks for emotion and gender classification", arXiv 1710.07557). The
 * features of a frame are the logarithms of the seven probabilities, in the order of {@linkcode EXPRESSIONS}.
 *
 * Preprocessing: a frame is made grey, resized to 128 x 128 (bilinear, pixel centres aligned), averaged to
 * 64 x 64, so that no pixel of a crop is skipped, and scaled to -1 to 1. The tfjs backend must be ready.
 *
 * @throws {WeightsError} If the files are damaged or of another network.
 */
export async function createExpression({ manifest, weights }: ExpressionFiles): Promise<Backbone> {
  const weightsHash = await sha256Hex(weights);
  const model = await loadGraph({ file: "emotion.json", manifest, weights, outputs: [OUTPUT] });
  const features = EXPRESSIONS.length;
  return {
    name: EXPRESSION_NETWORK,
    weightsHash,
    licence: EXPRESSION_LICENCE,
    source: EXPRESSION_SOURCE,
    channels: features,
    featureSize: () => features,
    embed(frames, shape) {
      checkFrames(frames, shape);
      const { n, height, width } = shape;
      const out = new Float32Array(n * features);
      const length = height * width * 3;
      for (let at = 0; at < n; at += BATCH) {
        const count = Math.min(BATCH, n - at);
        const grey = greyOf(frames.subarray(at * length, (at + count) * length));
        const scores = tf.tidy(() => {
          let x = tf.tensor4d(grey, [count, height, width, 1]);
          const size: [number, number] = [2 * INPUT_SIZE, 2 * INPUT_SIZE];
          x = replaceTensor(x, (input) => tf.image.resizeBilinear(input, size, false, true));
          x = replaceTensor(x, (input) => tf.avgPool(input, 2, 2, "valid"));
          return tf.logSoftmax(model.execute(x, SCORES) as tf.Tensor).dataSync<"float32">();
        });
        out.set(scores, at * features);
      }
      return out;
    },
    dispose() {
      model.dispose();
    },
  };
}

/** Grey values from -1 to 1 of RGB pixels. */
function greyOf(pixels: Uint8Array): Float32Array<ArrayBuffer> {
  const [red, green, blue] = GREY.map((weight) => weight / 127.5);
  const grey = new Float32Array(pixels.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    grey[i] = red * pixels[at] + green * pixels[at + 1] + blue * pixels[at + 2] - 1;
  }
  return grey;
}
