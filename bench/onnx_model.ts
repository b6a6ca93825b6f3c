// The few messages of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto that are needed, as bytes.
type Field = readonly [number: number, value: number | string | Uint8Array];

/** Types of an attribute, and of a tensor's numbers. */
const INT = 2;
const INTS = 7;
const FLOAT = 1;
const INT64 = 7;
/** Version of the format that every set of operators below is allowed in. */
const IR_VERSION = 9;

/** One operator of a graph: what it reads by name, and the one thing that it makes. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** Numbers that a graph brings with it. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** What goes in or comes out, float32; dimensions that are not fixed have names. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** A graph of one input and one output. */
export interface OnnxGraph {
  readonly name: string;
  /** Version of the operators. */
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly input: OnnxValue;
  readonly output: OnnxValue;
}

/** The bytes of an ONNX file that holds a graph. */
export function onnxModel(graph: OnnxGraph): Uint8Array<ArrayBuffer> {
  const { name, opset, nodes, tensors, input, output } = graph;
  const body = message([
    ...nodes.map((each): Field => [1, node(each)]),
    [2, name],
    ...tensors.map((each): Field => [5, tensor(each)]),
    [11, value(input)],
    [12, value(output)],
  ]);
  return message([[1, IR_VERSION], [7, body], [8, message([[2, opset]])]]);
}

function node({ type, inputs, output, attributes = {} }: OnnxNode): Uint8Array {
  return message([
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [4, type],
    ...Object.entries(attributes).map(([name, value]): Field => [
      5,
      typeof value === "number"
        ? message([[1, name], [3, value], [20, INT]])
        : message([[1, name], ...value.map((each): Field => [8, each]), [20, INTS]]),
    ]),
  ]);
}

function tensor({ name, shape, data }: OnnxTensor): Uint8Array {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  const type = data instanceof Float32Array ? FLOAT : INT64;
  return message([...shape.map((size): Field => [1, size]), [2, type], [8, name], [9, bytes]]);
}

function value({ name, shape }: OnnxValue): Uint8Array {
  const dims = message(
    shape.map((size) => [1, message([typeof size === "number" ? [1, size] : [2, size]])]),
  );
  return message([[1, name], [2, message([[1, message([[1, FLOAT], [2, dims]])]])]]);
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
