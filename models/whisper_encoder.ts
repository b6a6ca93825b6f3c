import * as tf from "@tensorflow/tfjs";
import { attention } from "../src/nn/layers/attention.ts";
import { gelu } from "../src/nn/layers/gelu.ts";
import { layerNorm } from "../src/nn/layers/layer_norm.ts";
import type { Tensor } from "../src/nn/tensor.ts";
import type { TensorMap } from "../src/numeric/safetensors.ts";
import { whisperPositions } from "./whisper_positions.ts";
import {
  recogniseWhisper,
  WHISPER_BANDS,
  WHISPER_POSITIONS,
  whisperNumbers,
  type WhisperSizes,
} from "./whisper_weights.ts";

/** Settings of {@linkcode createWhisperEncoder}. */
export interface WhisperEncoderOptions {
  /**
   * Heads of attention, for encoders whose width no published one has.
   *
   * @default {as the published encoder of this width has}
   */
  readonly heads?: number;
}

/** Whisper's encoder, ready to listen. */
export interface WhisperEncoder extends WhisperSizes {
  /**
   * What every layer makes of a spectrogram [nFrames, 80] of `whisperLogMel()`: `layers + 1` matrices
   * [ceil(nFrames / 2), width], row by row, 50 rows a second. As `hidden_states` of `transformers`: the first is what
   * enters the blocks, the last is normalised by the final layer norm, those between are not.
   *
   * @throws {RangeError} If there are no frames, more than 3000 (30 s), or `mel` is not 80 times as long.
   */
  encode(mel: Float32Array, nFrames: number): Float32Array[];
  /** Frees the weights. */
  dispose(): void;
}

interface Linear {
  readonly filter: tf.Tensor4D;
  readonly bias: tf.Tensor1D | undefined;
}
interface Norm {
  readonly gamma: tf.Tensor1D;
  readonly beta: tf.Tensor1D;
}
interface Block {
  readonly attentionNorm: Norm;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly out: Linear;
  readonly mlpNorm: Norm;
  readonly up: Linear;
  readonly down: Linear;
}

/**
 * The encoder of Whisper (A. Radford et al., "Robust speech recognition via large-scale weak supervision", 2022;
 * weights and code MIT): two convolutions with GELU, sinusoidal positions, and blocks of attention and a
 * perceptron, each behind a layer norm. `tensors` are named as in `whisperTensors()` and float32, float16 or int8 with
 * steps (see `toInt8()`); all become float32 here. The tfjs backend must be ready.
 *
 * It takes as many frames as the sound has. Whisper was trained on sounds that are filled up to 30 s with silence,
 * to which it attends as well, so that rows differ from those of the padded sound. Of six clips of 1.9 to 3.9 s
 * (RAVDESS and EMO-DB, tiny.en) the means over the sound's own rows have, layer by layer, cosines of at least 1.000,
 * 0.998, 0.995, 0.993 and, normalised, 0.961, and relative errors of at most 0.003, 0.07, 0.10, 0.12 and 0.30.
 *
 * @throws {WeightsError} If the tensors are no encoder of Whisper's; the message names the tensor.
 */
export function createWhisperEncoder(
  tensors: TensorMap,
  { heads }: WhisperEncoderOptions = {},
): WhisperEncoder {
  const sizes = recogniseWhisper(tensors, heads);
  const { width, layers } = sizes;
  const kept: tf.Tensor[] = [];
  const keep = <T extends tf.Tensor>(tensor: T): T => {
    kept.push(tensor);
    return tensor;
  };
  const vector = (name: string) => keep(tf.tensor1d(whisperNumbers(tensors, name)));
  /** A matrix [outputs, inputs] or a filter [outputs, inputs, taps] as the filter of a convolution of height 1. */
  const linear = (name: string): Linear => {
    const [outputs, inputs, taps = 1] = tensors[`${name}.weight`].shape;
    const data = whisperNumbers(tensors, `${name}.weight`);
    const filter = tf.tidy(() =>
      tf.reshape(
        tf.transpose(tf.tensor3d(data, [outputs, inputs, taps]), [2, 1, 0]),
        [1, taps, inputs, outputs],
      ) as tf.Tensor4D
    );
    const bias = tensors[`${name}.bias`] === undefined ? undefined : vector(`${name}.bias`);
    return { filter: keep(filter), bias };
  };
  const norm = (name: string): Norm => ({
    gamma: vector(`${name}.weight`),
    beta: vector(`${name}.bias`),
  });

  const [first, second] = [linear("conv1"), linear("conv2")];
  const positions = keep(tf.tensor2d(
    tensors["embed_positions.weight"] === undefined
      ? whisperPositions(width)
      : whisperNumbers(tensors, "embed_positions.weight"),
    [WHISPER_POSITIONS, width],
  ));
  const blocks = Array.from({ length: layers }, (_, i): Block => ({
    attentionNorm: norm(`layers.${i}.self_attn_layer_norm`),
    query: linear(`layers.${i}.self_attn.q_proj`),
    key: linear(`layers.${i}.self_attn.k_proj`),
    value: linear(`layers.${i}.self_attn.v_proj`),
    out: linear(`layers.${i}.self_attn.out_proj`),
    mlpNorm: norm(`layers.${i}.final_layer_norm`),
    up: linear(`layers.${i}.fc1`),
    down: linear(`layers.${i}.fc2`),
  }));
  const last = norm("layer_norm");

  return {
    ...sizes,
    encode(mel, nFrames) {
      checkFrames(mel, nFrames);
      const outputs: Float32Array[] = [];
      const read = (x: Tensor) => outputs.push(x.dataSync<"float32">());
      let x = tf.tidy(() => {
        const spectrum = tf.tensor4d(mel, [1, 1, nFrames, WHISPER_BANDS]);
        const heard = gelu(convolve(gelu(convolve(spectrum, first, 1)), second, 2));
        return tf.add(heard, tf.slice(positions, [0, 0], [Math.ceil(nFrames / 2), width]));
      });
      blocks.forEach((block) => {
        read(x);
        const next = tf.tidy(() => runBlock(x, block, sizes.heads));
        tf.dispose(x);
        x = next;
      });
      const normalised = normalise(x, last);
      read(normalised);
      tf.dispose([x, normalised]);
      return outputs;
    },
    dispose: () => tf.dispose(kept),
  };
}

/** A block on [1, 1, rows, width]. */
function runBlock(x: Tensor, block: Block, heads: number): Tensor {
  const [, , rows, width]: number[] = x.shape;
  const flat = (each: Tensor) => tf.reshape(each, [1, rows, width]);
  const heard = normalise(x, block.attentionNorm);
  const [q, k, v] = [block.query, block.key, block.value].map((each) => flat(apply(heard, each)));
  const mixed = tf.reshape(attention(q, k, v, heads), [1, 1, rows, width]);
  const attended = tf.add(x, apply(mixed, block.out));
  const inner = gelu(apply(normalise(attended, block.mlpNorm), block.up));
  return tf.add(attended, apply(inner, block.down));
}

function normalise(x: Tensor, { gamma, beta }: Norm): Tensor {
  return layerNorm(x, gamma, beta);
}

function apply(x: Tensor, { filter, bias }: Linear): Tensor {
  return tf.fused.conv2d({ x: x as tf.Tensor4D, filter, bias, strides: 1, pad: "valid" });
}

/** A convolution with a filter of three taps and a row of zeros at either end. */
function convolve(x: Tensor, { filter, bias }: Linear, stride: 1 | 2): Tensor {
  return tf.fused.conv2d({
    x: x as tf.Tensor4D,
    filter,
    bias,
    strides: [1, stride],
    pad: [[0, 0], [0, 0], [1, 1], [0, 0]],
  });
}

function checkFrames(mel: Float32Array, nFrames: number): void {
  const most = 2 * WHISPER_POSITIONS;
  if (!Number.isInteger(nFrames) || nFrames < 1 || nFrames > most) {
    throw new RangeError(`Whisper hears 1 to ${most} frames (30 s) at a time, got ${nFrames}`);
  }
  if (mel.length !== nFrames * WHISPER_BANDS) {
    throw new RangeError(
      `${nFrames} frames of ${WHISPER_BANDS} bands are ${
        nFrames * WHISPER_BANDS
      } numbers, got ${mel.length}`,
    );
  }
}
