import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { registerConv2DBias } from "../../src/nn/kernels/conv2d_bias.ts";
import type { Network } from "../../src/nn/network.ts";
import { Random } from "../../src/numeric/random.ts";

/**
 * tfjs's WASM backend as it comes, with the one kernel that training needs and it lacks, Conv2DBackpropFilter,
 * added the simplest way: the gradient of a 3-D convolution of depth 1.
 */
export async function initStockBackend(): Promise<void> {
  setWasmPaths(import.meta.resolve("@tensorflow/tfjs-backend-wasm").replace(/[^/]*$/, ""));
  if (!await tf.setBackend("wasm")) throw new Error("tfjs's WASM backend does not start");
  tf.registerKernel({
    kernelName: "Conv2DBackpropFilter",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) => {
      const { strides, pad, filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
      const [strideY, strideX] = [strides].flat();
      const deep = ({ shape: [n, ...rest], ...tensor }: tf.TensorInfo) => ({
        ...tensor,
        shape: [n, 1, ...rest],
      });
      const dw = tf.getKernel("Conv3DBackpropFilterV2", "wasm").kernelFunc({
        inputs: { x: deep(inputs.x!), dy: deep(inputs.dy!) },
        attrs: {
          strides: [1, strideY, strideX ?? strideY],
          pad: pad as string,
          filterShape: [1, ...filterShape],
        },
        backend,
      }) as tf.TensorInfo;
      return { ...dw, shape: filterShape };
    },
  });
  registerConv2DBias();
}

/** One step of training by tfjs's own gradients and its own Adam, with Keras's epsilon. */
export function stockStep(
  network: Network,
  learningRate: number,
): (x: Float32Array, labels: Int32Array) => void {
  const adam = tf.train.adam(learningRate, 0.9, 0.999, 1e-7);
  const { inputSize, nClasses, variables } = network;
  return (x, labels) =>
    tf.tidy(() => {
      const input = tf.tensor2d(x, [labels.length, inputSize]);
      const target = tf.oneHot(tf.tensor1d(labels, "int32"), nClasses);

      const { grads } = tf.variableGrads(() => {
        const { logits } = network.forward(input, new Random(0));
        return tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), target), 1))) as tf.Scalar;
      }, variables.trainable);
      adam.applyGradients(Object.entries(grads).map(([name, tensor]) => ({ name, tensor })));
    });
}
