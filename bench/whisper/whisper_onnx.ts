import { sinusoids } from "../../src/numeric/sinusoids.ts";
import {
  recogniseWhisper,
  WHISPER_BANDS,
  WHISPER_POSITIONS,
  whisperNumbers,
} from "../../models/whisper/whisper_weights.ts";
import type { TensorMap } from "../../src/numeric/safetensors.ts";
import { onnxModel, type OnnxNode, type OnnxTensor } from "../onnx_model.ts";

/** The version of ONNX's operators that has GELU. */
const OPSET = 20;

/**
 * Whisper's encoder as an ONNX model: `x` [frames, 80] to `y` [rows, width], the last hidden state. One sound at a time:
 * no dimension of batches, and every product with weights is a `Gemm` with its bias.
 */
export function whisperOnnxModel(weights: TensorMap, heads?: number): Uint8Array<ArrayBuffer> {
  const graph = new Graph(weights);
  const sizes = recogniseWhisper(weights, heads);
  const { width, layers } = sizes;
  const size = width / sizes.heads;
  graph.floats("positions", [WHISPER_POSITIONS, width], positions(weights, width));
  graph.floats("scale", [], Float32Array.of(1 / Math.sqrt(size)));
  graph.integers("zero", 0);
  graph.integers("channels", 1, WHISPER_BANDS, -1);
  graph.integers("matrix", -1, width);
  graph.integers("heads", -1, sizes.heads, size);

  const turned = graph.node("Transpose", ["x"], { perm: [1, 0] });
  let x = graph.node("Reshape", [turned, "channels"]);
  for (const [name, stride] of [["conv1", 1], ["conv2", 2]] as const) {
    const inputs = [x, graph.tensor(`${name}.weight`), graph.tensor(`${name}.bias`)];
    const attributes = { kernel_shape: [3], pads: [1, 1], strides: [stride] };
    x = graph.node("Gelu", [graph.node("Conv", inputs, attributes)]);
  }
  x = graph.node("Reshape", [graph.node("Transpose", [x], { perm: [0, 2, 1] }), "matrix"]);
  const rows = graph.node("Shape", [x], { end: 1 });
  x = graph.node("Add", [x, graph.node("Slice", ["positions", "zero", rows])]);
  for (let i = 0; i < layers; i++) {
    const block = `layers.${i}`;
    const heard = graph.norm(x, `${block}.self_attn_layer_norm`);
    const [q, k, v] = ["q", "k", "v"].map((each) =>
      graph.node("Reshape", [graph.linear(heard, `${block}.self_attn.${each}_proj`), "heads"])
    );
    const query = graph.node("Transpose", [graph.node("Mul", [q, "scale"])], { perm: [1, 0, 2] });
    const key = graph.node("Transpose", [k], { perm: [1, 2, 0] });
    const value = graph.node("Transpose", [v], { perm: [1, 0, 2] });
    const shares = graph.node("Softmax", [graph.node("MatMul", [query, key])]);
    const mixed = graph.node("MatMul", [shares, value]);
    const joined = graph.node("Transpose", [mixed], { perm: [1, 0, 2] });
    const out = graph.linear(
      graph.node("Reshape", [joined, "matrix"]),
      `${block}.self_attn.out_proj`,
    );
    x = graph.node("Add", [x, out]);
    const normed = graph.norm(x, `${block}.final_layer_norm`);
    const inner = graph.node("Gelu", [graph.linear(normed, `${block}.fc1`)]);
    x = graph.node("Add", [x, graph.linear(inner, `${block}.fc2`)]);
  }
  graph.nodes.push({ type: "Identity", inputs: [graph.norm(x, "layer_norm")], output: "y" });
  return onnxModel({
    name: "whisper",
    opset: OPSET,
    nodes: graph.nodes,
    tensors: graph.tensors,
    input: { name: "x", shape: ["frames", WHISPER_BANDS] },
    output: { name: "y", shape: ["rows", width] },
  });
}

/** Nodes and numbers as they are gathered. */
class Graph {
  readonly nodes: OnnxNode[] = [];
  readonly tensors: OnnxTensor[] = [];
  readonly #weights: TensorMap;

  constructor(weights: TensorMap) {
    this.#weights = weights;
  }

  /** Adds an operator and gives the name of what it makes. */
  node(type: string, inputs: readonly string[], attributes: OnnxNode["attributes"] = {}): string {
    const output = `${type}_${this.nodes.length}`;
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  floats(name: string, shape: readonly number[], data: Float32Array): void {
    this.tensors.push({ name, shape, data });
  }

  integers(name: string, ...values: number[]): void {
    this.tensors.push({
      name,
      shape: [values.length],
      data: BigInt64Array.from(values, (value) => BigInt(value)),
    });
  }

  /** Adds weights by their name, which they keep. */
  tensor(name: string): string {
    this.floats(name, this.#weights[name].shape, whisperNumbers(this.#weights, name));
    return name;
  }

  norm(x: string, name: string): string {
    const inputs = [x, this.tensor(`${name}.weight`), this.tensor(`${name}.bias`)];
    return this.node("LayerNormalization", inputs);
  }

  linear(x: string, name: string): string {
    const inputs = [x, this.tensor(`${name}.weight`)];
    // Whisper's keys have no bias.
    if (this.#weights[`${name}.bias`] !== undefined) inputs.push(this.tensor(`${name}.bias`));
    return this.node("Gemm", inputs, { transB: 1 });
  }
}

function positions(weights: TensorMap, width: number): Float32Array {
  const name = "embed_positions.weight";
  return weights[name] === undefined
    ? sinusoids(WHISPER_POSITIONS, width)
    : whisperNumbers(weights, name);
}
