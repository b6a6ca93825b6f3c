import { VGG16_LAYERS } from "../models/vgg16_face.ts";

// The few messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto that are needed, as bytes.
type Field = readonly [number: number, value: number | string | Uint8Array];

/** Types of an attribute, and of a tensor's numbers. */
const INTS = 7;
const FLOAT = 1;

/** VGG16's convolutions and poolings as an ONNX model: `x` [n, 3, height, width] to `y`, from all weights in order. */
export function vggOnnxModel(weights: Float32Array): Uint8Array<ArrayBuffer> {
  const nodes: Field[] = [];
  const tensors: Field[] = [];
  let at = 0;
  let x = "x";
  for (const { name, inputs, outputs, pooled } of VGG16_LAYERS) {
    const kernel = weights.subarray(at, at += 9 * inputs * outputs);
    const bias = weights.subarray(at, at += outputs);
    tensors.push([5, tensor(`${name}_w`, [outputs, inputs, 3, 3], oihw(kernel, inputs, outputs))]);
    tensors.push([5, tensor(`${name}_b`, [outputs], bias)]);
    nodes.push([
      1,
      node("Conv", [x, `${name}_w`, `${name}_b`], name, {
        kernel_shape: [3, 3],
        pads: [1, 1, 1, 1],
      }),
    ]);
    nodes.push([1, node("Relu", [name], `${name}_relu`, {})]);
    x = `${name}_relu`;
    if (!pooled) continue;
    nodes.push([
      1,
      node("MaxPool", [x], `${name}_pool`, { kernel_shape: [2, 2], strides: [2, 2] }),
    ]);
    x = `${name}_pool`;
  }
  nodes.push([1, node("Identity", [x], "y", {})]);
  const graph = message([
    ...nodes,
    [2, "vgg16"],
    ...tensors,
    [11, picture("x", ["n", 3, "height", "width"])],
    [12, picture("y", ["n", 512, "rows", "columns"])],
  ]);
  return message([[1, 8], [7, graph], [8, message([[2, 13]])]]);
}

function node(
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Record<string, readonly number[]>,
): Uint8Array {
  return message([
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, type],
    ...Object.entries(attributes).map(([name, values]): Field => [
      5,
      message([[1, name], ...values.map((value): Field => [8, value]), [20, INTS]]),
    ]),
  ]);
}

function tensor(name: string, dims: readonly number[], data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  return message([...dims.map((dim): Field => [1, dim]), [2, FLOAT], [8, name], [9, bytes]]);
}

function picture(name: string, dims: readonly (number | string)[]): Uint8Array {
  const shape = message(
    dims.map((dim) => [1, message([typeof dim === "number" ? [1, dim] : [2, dim]])]),
  );
  return message([[1, name], [2, message([[1, message([[1, FLOAT], [2, shape]])]])]]);
}

/** A filter [3, 3, inputs, outputs] in ONNX's order. */
function oihw(kernel: Float32Array, inputs: number, outputs: number): Float32Array {
  const out = new Float32Array(kernel.length);
  for (let tap = 0; tap < 9; tap++) {
    for (let i = 0; i < inputs; i++) {
      for (let o = 0; o < outputs; o++) {
        out[(o * inputs + i) * 9 + tap] = kernel[(tap * inputs + i) * outputs + o];
      }
    }
  }
  return out;
}

/** A protocol-buffer message: numbers as varints, everything else with its length before it. */
function message(fields: readonly Field[]): Uint8Array<ArrayBuffer> {
  const parts = fields.flatMap(([field, value]) => {
    if (typeof value === "number") return [varint(field << 3), varint(value)];
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    return [varint(field << 3 | 2), varint(bytes.length), bytes];
  });
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push(value % 128 | 128);
  return Uint8Array.from([...bytes, value]);
}
