import { fromFloat16 } from "../../src/numeric/float16.ts";
import { fromInt8, STEPS } from "../../src/numeric/int8.ts";
import type { TensorMap } from "../../src/numeric/safetensors.ts";
import { WeightsError } from "../weights_error.ts";

/** Version of the layout in which `deno task weights` stores Whisper's encoder. */
export const WHISPER_FORMAT = "emofuse.whisper-encoder/1";
/** What Whisper's weights may be used for, where their file does not say: they may have been trained further. */
export const WHISPER_LICENCE = "not stated by the file (OpenAI's own Whisper is MIT)";
/** Where they come from, where their file does not say. */
export const WHISPER_SOURCE = "not stated by the file";
/** Bands of the spectrogram that the encoder takes. */
export const WHISPER_BANDS = 80;
/** Positions that Whisper was trained on: 30 s. */
export const WHISPER_POSITIONS = 1500;
/** Numbers of one head of attention, in every size. */
const HEAD_SIZE = 64;

/** The sizes of Whisper's encoder. */
export interface WhisperSizes {
  /** `tiny`, `base`, `small`; the English-only models have encoders of the same sizes. Else `custom`. */
  readonly name: string;
  /** Numbers of a frame. */
  readonly width: number;
  /** Number of blocks. */
  readonly layers: number;
  /** Heads of attention in a block. */
  readonly heads: number;
}

const KNOWN: readonly WhisperSizes[] = [
  { name: "tiny", width: 384, layers: 4, heads: 6 },
  { name: "base", width: 512, layers: 6, heads: 8 },
  { name: "small", width: 768, layers: 12, heads: 12 },
];

/**
 * The tensors of an encoder of these sizes, named as in Hugging Face's `transformers` below `model.encoder.`, with
 * their shapes; `embed_positions.weight`, which can be computed, is not among them.
 */
export function whisperTensors({ width, layers }: WhisperSizes): Map<string, readonly number[]> {
  const shapes = new Map<string, readonly number[]>();
  const vector = (name: string, size = width) => shapes.set(name, [size]);
  const linear = (name: string, outputs: number, inputs: number, bias = true) => {
    shapes.set(`${name}.weight`, [outputs, inputs]);
    if (bias) vector(`${name}.bias`, outputs);
  };
  const norm = (name: string) => {
    vector(`${name}.weight`);
    vector(`${name}.bias`);
  };
  shapes.set("conv1.weight", [width, WHISPER_BANDS, 3]);
  vector("conv1.bias");
  shapes.set("conv2.weight", [width, width, 3]);
  vector("conv2.bias");
  for (let i = 0; i < layers; i++) {
    norm(`layers.${i}.self_attn_layer_norm`);
    linear(`layers.${i}.self_attn.q_proj`, width, width);
    linear(`layers.${i}.self_attn.k_proj`, width, width, false);
    linear(`layers.${i}.self_attn.v_proj`, width, width);
    linear(`layers.${i}.self_attn.out_proj`, width, width);
    norm(`layers.${i}.final_layer_norm`);
    linear(`layers.${i}.fc1`, 4 * width, width);
    linear(`layers.${i}.fc2`, width, 4 * width);
  }
  norm("layer_norm");
  return shapes;
}

/**
 * The sizes of an encoder by the shapes of its weights, every one of which is checked. `heads` is for encoders of a
 * width that no published one has.
 *
 * @throws {WeightsError} If a tensor is missing, has another shape, is none of float32, float16 and whole numbers, or
 * is of whole numbers and lacks their steps; the message names it. If it is none of the published sizes, unless `heads`
 * is given.
 */
export function recogniseWhisper(tensors: TensorMap, heads?: number): WhisperSizes {
  const first = tensors["conv1.weight"];
  if (first === undefined || first.shape.length !== 3) {
    throw new WeightsError("there is no conv1.weight [width, 80, 3]: it is not Whisper's encoder");
  }
  const width = first.shape[0];
  let layers = 0;
  while (tensors[`layers.${layers}.fc1.weight`] !== undefined) layers++;
  const known = KNOWN.find((each) => each.width === width && each.layers === layers);
  if (known === undefined && (heads === undefined || width % heads !== 0)) {
    throw new WeightsError(
      `an encoder of width ${width} with ${layers} layers is none of Whisper's: expected ` +
        KNOWN.map((each) => `${each.width} with ${each.layers} (${each.name})`).join(", "),
    );
  }
  const sizes = known ?? { name: "custom", width, layers, heads: heads ?? width / HEAD_SIZE };
  for (const [name, shape] of whisperTensors(sizes)) checkTensor(tensors, name, shape);
  if (tensors["embed_positions.weight"] !== undefined) {
    checkTensor(tensors, "embed_positions.weight", [WHISPER_POSITIONS, width]);
  }
  return sizes;
}

function checkTensor(tensors: TensorMap, name: string, shape: readonly number[]): void {
  const tensor = tensors[name];
  if (tensor === undefined) {
    throw new WeightsError(`there is no ${name}: expected one of shape [${shape.join(", ")}]`);
  }
  if (String(tensor.shape) !== String(shape)) {
    throw new WeightsError(
      `${name} has the shape [${tensor.shape.join(", ")}]: expected [${shape.join(", ")}]`,
    );
  }
  if (tensor.data instanceof Float32Array || tensor.data instanceof Uint16Array) return;
  if (!(tensor.data instanceof Uint8Array)) {
    throw new WeightsError(`${name} is none of float32, float16 and int8`);
  }
  const steps = tensors[name + STEPS]?.data;
  if (!(steps instanceof Float32Array) || steps.length !== shape[0]) {
    throw new WeightsError(
      `${name} is stored in int8 and lacks ${name}${STEPS}: expected ${shape[0]} numbers, float32`,
    );
  }
}

/**
 * The numbers of a tensor that {@linkcode recogniseWhisper} let by: float16 widened, whole numbers times their steps.
 *
 * @param room Where numbers may be written that are not float32 already, for at least as many as there are: an array of
 * their own by default.
 */
export function whisperNumbers(
  tensors: TensorMap,
  name: string,
  room?: Float32Array<ArrayBuffer>,
): Float32Array {
  const { shape, data } = tensors[name];
  if (data instanceof Float32Array) return data;
  const values = room?.subarray(0, data.length);
  return data instanceof Uint8Array
    ? fromInt8(data, shape, 0, tensors[name + STEPS].data as Float32Array, values)
    : fromFloat16(data as Uint16Array, values);
}
