import { VGG16_LAYERS } from "../models/vgg16_face.ts";
import { onnxModel, type OnnxNode, type OnnxTensor } from "./onnx_model.ts";

/** VGG16's convolutions and poolings as an ONNX model: `x` [n, 3, height, width] to `y`, from all weights in order. */
export function vggOnnxModel(weights: Float32Array): Uint8Array<ArrayBuffer> {
  const nodes: OnnxNode[] = [];
  const tensors: OnnxTensor[] = [];
  let at = 0;
  let x = "x";
  for (const { name, inputs, outputs, pooled } of VGG16_LAYERS) {
    const kernel = weights.subarray(at, at += 9 * inputs * outputs);
    const bias = weights.subarray(at, at += outputs);
    tensors.push(
      { name: `${name}_w`, shape: [outputs, inputs, 3, 3], data: oihw(kernel, inputs, outputs) },
      { name: `${name}_b`, shape: [outputs], data: bias },
    );
    nodes.push(
      {
        type: "Conv",
        inputs: [x, `${name}_w`, `${name}_b`],
        output: name,
        attributes: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
      },
      { type: "Relu", inputs: [name], output: `${name}_relu` },
    );
    x = `${name}_relu`;
    if (!pooled) continue;
    const attributes = { kernel_shape: [2, 2], strides: [2, 2] };
    nodes.push({ type: "MaxPool", inputs: [x], output: `${name}_pool`, attributes });
    x = `${name}_pool`;
  }
  nodes.push({ type: "Identity", inputs: [x], output: "y" });
  return onnxModel({
    name: "vgg16",
    opset: 13,
    nodes,
    tensors,
    input: { name: "x", shape: ["n", 3, "height", "width"] },
    output: { name: "y", shape: ["n", 512, "rows", "columns"] },
  });
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
