import { WeightsError } from "../../models/weights_error.ts";
import {
  SafetensorsError,
  safetensorsHeader,
  safetensorsHeaderLength,
  type TensorMap,
} from "../numeric/safetensors.ts";
import { ctranslate2Spec, readCTranslate2 } from "./read_ctranslate2.ts";
import { readSafetensors } from "./read_safetensors.ts";

/** An encoder of Whisper as a file holds it. */
export interface WhisperSource {
  /** What was recognised, such as `ctranslate2`. */
  readonly name: string;
  /** The same in words. */
  readonly description: string;
  /** The encoder's tensors, named as in `whisperTensors()`. */
  readonly tensors: TensorMap;
  /** What a safetensors file says of itself. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** What stands before the encoder's names: in Whisper of `transformers`, in its encoder alone, in Emofuse's own files. */
const PREFIXES = ["model.encoder.", "encoder.", ""];
/** A tensor that Whisper's encoder has and no other network that is known here. */
const FIRST = "conv1.weight";

/** Whether the bytes are a file that {@linkcode readWhisper} is for, whole or not. */
export function isWhisper(bytes: Uint8Array): boolean {
  if (ctranslate2Spec(bytes) !== undefined) return true;
  try {
    const { tensors } = safetensorsHeader(bytes.subarray(0, safetensorsHeaderLength(bytes)));
    return PREFIXES.some((prefix) => tensors[`${prefix}${FIRST}`] !== undefined);
  } catch (cause) {
    if (cause instanceof SafetensorsError) return false;
    throw cause;
  }
}

/**
 * Reads Whisper's encoder from Hugging Face's `model.safetensors` or from CTranslate2's `model.bin`. Everything else in
 * the file is left out. Shapes are for `recogniseWhisper()` to check.
 *
 * @throws {WeightsError} If the file is damaged, cut short or of another network.
 */
export function readWhisper(bytes: Uint8Array): WhisperSource {
  const spec = ctranslate2Spec(bytes);
  if (spec === undefined) return fromSafetensors(bytes);
  if (spec !== "WhisperSpec") {
    throw new WeightsError(`it is CTranslate2's ${spec}: expected WhisperSpec`);
  }
  return {
    name: "ctranslate2",
    description: "Whisper's encoder in a CTranslate2 file",
    tensors: fromCTranslate2(readCTranslate2(bytes, "encoder/")),
    metadata: {},
  };
}

function fromSafetensors(bytes: Uint8Array): WhisperSource {
  const { tensors, metadata } = readSafetensors(bytes, "a CTranslate2 file");
  const prefix = PREFIXES.find((each) => tensors[`${each}${FIRST}`] !== undefined) ?? "";
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return {
    name: prefix === "" ? "safetensors" : "transformers",
    description: "Whisper's encoder in a safetensors file",
    tensors: Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor])),
    metadata,
  };
}

/** CTranslate2's names to those of `transformers`; its product of query, key and value is taken apart. */
function fromCTranslate2(variables: TensorMap): TensorMap {
  const tensors: TensorMap = {};
  for (const [name, tensor] of Object.entries(variables)) {
    const fused = name.match(/^layer_(\d+)\/self_attention\/linear_0\/(weight|bias)$/);
    if (fused === null) {
      tensors[renamed(name)] = tensor;
      continue;
    }
    const [, layer, part] = fused;
    const [rows, ...rest] = tensor.shape;
    const third = tensor.data.length / 3;
    ["q_proj", "k_proj", "v_proj"].forEach((projection, i) => {
      // Whisper's keys have no bias; the product of three has zeros there.
      if (projection === "k_proj" && part === "bias") return;
      tensors[`layers.${layer}.self_attn.${projection}.${part}`] = {
        shape: [rows / 3, ...rest],
        data: tensor.data.slice(i * third, (i + 1) * third),
      };
    });
  }
  return tensors;
}

function renamed(name: string): string {
  return name
    .replace("position_encodings/encodings", "embed_positions/weight")
    .replace("self_attention/layer_norm", "self_attn_layer_norm")
    .replace("self_attention/linear_1", "self_attn/out_proj")
    .replace("ffn/layer_norm", "final_layer_norm")
    .replace("ffn/linear_0", "fc1")
    .replace("ffn/linear_1", "fc2")
    .replace(/\/gamma$/, "/weight")
    .replace(/\/beta$/, "/bias")
    .replace(/^layer_(\d+)\//, "layers/$1/")
    .replaceAll("/", ".");
}
