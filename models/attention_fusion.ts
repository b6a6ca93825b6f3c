import * as tf from "@tensorflow/tfjs";
import { denseLayer } from "../src/nn/layers/dense.ts";
import { dropout } from "../src/nn/layers/dropout.ts";
import { layerNormLayer, transformerBlock } from "../src/nn/layers/transformer_block.ts";
import type { Network } from "../src/nn/network.ts";
import type { Random } from "../src/numeric/random.ts";
import type { Tensor } from "../src/nn/tensor.ts";
import { VariableSet } from "../src/nn/variable_set.ts";
import { sinusoids } from "../src/numeric/sinusoids.ts";

/** Numbers a place of a sequence. */
const WIDTH = 64;
const BLOCK = { width: WIDTH, heads: 4, hidden: 2 * WIDTH };

/** Settings of {@linkcode createAttentionFusion}. */
export interface AttentionFusionOptions {
  /** Numbers in one row: frames times the channels of all modalities. */
  readonly inputSize: number;
  /** Numbers a frame of each modality, which lie side by side in a frame. */
  readonly channels: readonly number[];
  /** Number of classes. */
  readonly nClasses: number;
  /** Source of the initial weights. */
  readonly random: Random;
  /**
   * Most places that a sequence is thinned to: as many neighbouring frames as it takes make one place.
   *
   * @default {40}
   */
  readonly places?: number;
  /**
   * Share of values that training drops inside the blocks; of the pooled values it drops twice as many. At least 0 and
   * below 0.5.
   *
   * @default {0.2}
   */
  readonly dropoutRate?: number;
}

/**
 * Attention between modalities: a small transformer a modality, then a block in which each attends to the other, as
 * in Y.-H. H. Tsai et al. ("Multimodal transformer for unaligned multimodal language sequences", ACL 2019). A row is
 * a sequence of frames, in each of which the channels of all modalities lie side by side; a modality of which every
 * number of a row is 0, the mean of each channel, is missing, and a learned token stands at each of its places.
 *
 * | layer, for 120 frames of 64 + 21 | output of each modality |
 * |---|---|
 * | three neighbouring frames side by side, `<m>/embed`: dense, or `<m>/missing`; sinusoidal positions, dropout | 40 x 64 |
 * | `<m>/self`: four heads over its own places, a perceptron of 128 | 40 x 64 |
 * | `<m>/cross`: four heads over the other's places, a perceptron of 128 | 40 x 64 |
 * | `<m>/norm`, the places' mean weighted by a softmax of `<m>/pool` | 64 |
 * | both side by side: the feature layer; dropout, `dense`: logits of the classes | nClasses |
 *
 * `<m>` is `first` or `second`. With one modality there is nothing to cross, and nothing may be missing.
 *
 * @throws {RangeError} If there are not one or two modalities, `inputSize` is no whole frames, or an option makes no
 * sense.
 *
 * @example
 * ```ts
 * import { createAttentionFusion } from "./attention_fusion.ts";
 * import { initBackend } from "../src/nn/backend.ts";
 * import { Random } from "../src/numeric/random.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const options = { inputSize: 120 * 85, channels: [64, 21], nClasses: 8, random: new Random(1) };
 * const network = createAttentionFusion(options);
 * const tensors = Object.values(network.variables.tensors());
 * assert.equal(tensors.reduce((sum, { data }) => sum + data.length, 0), 152138);
 * network.dispose();
 * ```
 */
export function createAttentionFusion(options: AttentionFusionOptions): Network {
  const { inputSize, channels, nClasses, random, places: most = 40, dropoutRate = 0.2 } = options;
  const { frames, step, places } = thin(inputSize, channels, most);
  const variables = new VariableSet();
  const fuses = channels.length > 1;
  const positions = sinusoids(places, WIDTH);
  const streams = channels.map((own, m) => {
    const name = ["first", "second"][m];
    const at = channels.slice(0, m).reduce((sum, width) => sum + width, 0);
    const embed = denseLayer(variables, `${name}/embed`, step * own, WIDTH, random);
    const token = fuses ? variables.add(`${name}/missing`, [1, WIDTH]) : undefined;
    const self = transformerBlock(variables, `${name}/self`, BLOCK, random);
    const cross = fuses
      ? transformerBlock(variables, `${name}/cross`, { ...BLOCK, crosses: true }, random)
      : undefined;
    const norm = layerNormLayer(variables, `${name}/norm`, WIDTH);
    const weigh = denseLayer(variables, `${name}/pool`, WIDTH, 1, random);
    return {
      embed(x: Tensor, random?: Random): Tensor {
        const n = x.shape[0];
        const values = tf.slice(x, [0, 0, at], [n, places * step, own]);
        const flat = embed(tf.reshape(values, [n * places, step * own]));
        const placed = tf.reshape(flat, [n, places, WIDTH]);
        const known = token === undefined ? placed : replaceMissing(placed, values, token);
        return dropout(tf.add(known, positionTensor(positions, places)), dropoutRate, random);
      },
      self: (x: Tensor, random?: Random) => self({ x, dropoutRate, random }),
      cross: (x: Tensor, context: Tensor, random?: Random) =>
        cross === undefined ? x : cross({ x, context, dropoutRate, random }),
      pool(x: Tensor): Tensor {
        const n = x.shape[0];
        const y = norm(x);
        const scores = tf.reshape(weigh(tf.reshape(y, [n * places, WIDTH])), [n, places]);
        const weights = tf.reshape(tf.softmax(scores), [n, 1, places]);
        return tf.reshape(tf.matMul(weights, y), [n, WIDTH]);
      },
    };
  });
  const output = denseLayer(variables, "dense", channels.length * WIDTH, nClasses, random);

  return {
    inputSize,
    featureSize: channels.length * WIDTH,
    nClasses,
    variables,
    forward(x, random) {
      const shaped = tf.reshape(x, [x.shape[0], frames, -1]);
      const own = streams.map(({ embed, self }) => self(embed(shaped, random), random));
      const pooled = streams.map(({ cross, pool }, m) =>
        pool(cross(own[m], own[own.length - 1 - m], random))
      );
      const features = tf.concat(pooled, 1);
      return { features, logits: output(dropout(features, 2 * dropoutRate, random)) };
    },
    dispose: () => variables.dispose(),
  };
}

/** How frames are made places. */
function thin(inputSize: number, channels: readonly number[], most: number) {
  const width = channels.reduce((sum, own) => sum + own, 0);
  const frames = inputSize / width;
  if (channels.length < 1 || channels.length > 2) {
    throw new RangeError(`attention joins one or two modalities, got ${channels.length}`);
  }
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new RangeError(`places must be a positive integer, got ${most}`);
  }
  if (!Number.isSafeInteger(frames) || frames < 1) {
    throw new RangeError(
      `attention needs rows of whole frames of ${width} numbers, got ${inputSize} numbers`,
    );
  }
  const step = Math.ceil(frames / most);
  // What is left of the last frames, fewer than a place, is not looked at.
  return { frames, step, places: Math.floor(frames / step) };
}

/** `token` [1, width] at every place of `placed` [n, places, width] where all `values` [n, ...] of a row are 0. */
function replaceMissing(placed: Tensor, values: Tensor, token: Tensor): Tensor {
  const n = placed.shape[0];
  const numbers = values.dataSync<"float32">();
  const size = numbers.length / n;
  const missing = Float32Array.from(
    { length: n },
    (_, i) => numbers.subarray(i * size, (i + 1) * size).every((value) => value === 0) ? 1 : 0,
  );
  const known = tf.tensor(missing.map((flag) => 1 - flag), [n, 1, 1]);
  const tokens = tf.reshape(tf.matMul(tf.tensor(missing, [n, 1]), token), [n, 1, -1]);
  return tf.add(tf.mul(placed, known), tokens);
}

function positionTensor(positions: Float32Array, places: number): Tensor {
  return tf.tensor(positions, [places, WIDTH]);
}
