import * as tf from "@tensorflow/tfjs";
import { columnSums } from "../layers/column_sums.ts";

/** Name of the kernel of a convolution plus a bias: inputs `x`, `filter` and `bias`, attributes `strides` and `pad`. */
export const CONV2D_BIAS = "EmofuseConv2DBias";

/**
 * Registers {@linkcode CONV2D_BIAS} for the WASM and the CPU backend: tfjs's `FusedConv2D`, which adds the bias
 * on the way, with gradients. tfjs's own gradient of it sums the bias's by a transposition.
 */
export function registerConv2DBias(): void {
  for (const backendName of ["wasm", "cpu"]) {
    if (tf.getKernel(CONV2D_BIAS, backendName)) continue;
    tf.registerKernel({
      kernelName: CONV2D_BIAS,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const fused = tf.getKernel("FusedConv2D", backendName);
        const settings = { dataFormat: "NHWC", dilations: [1, 1], activation: "linear" };
        return fused.kernelFunc({ inputs, attrs: { ...attrs, ...settings }, backend });
      },
    });
  }
  if (tf.getGradient(CONV2D_BIAS)) return;
  tf.registerGradient({
    kernelName: CONV2D_BIAS,
    inputsToSave: ["x", "filter"],
    gradFunc: (gradient, [x, filter], attrs) => {
      const dy = gradient as tf.Tensor;
      const run = (name: string, inputs: Record<string, tf.Tensor>, shape: object) =>
        tf.engine().runKernel(name, inputs, {
          ...attrs,
          dataFormat: "NHWC",
          ...shape,
        }) as tf.Tensor;
      return {
        x: () => run("Conv2DBackpropInput", { dy, filter }, { inputShape: x.shape }),
        filter: () => run("Conv2DBackpropFilter", { x, dy }, { filterShape: filter.shape }),
        bias: () => columnSums(dy),
      };
    },
  });
}
