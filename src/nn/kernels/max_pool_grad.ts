import * as tf from "@tensorflow/tfjs";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel } from "./register.ts";

/**
 * Replaces `MaxPoolGrad`, whose stock kernel searches each window again for every input pixel and takes
 * longer than all convolutions of a small network. A gradient goes to the first maximum of its window.
 */
export function registerMaxPoolGrad(kernels: KernelExports): void {
  registerWasmKernel("MaxPoolGrad", ({ inputs, attrs, backend }) => {
    const { dy, input, output } = inputs as Record<"dy" | "input" | "output", tf.TensorInfo>;
    const { filterSize, strides, pad, dimRoundingMode } = attrs as unknown as tf.MaxPoolGradAttrs;
    const info = tf.backend_util.computePool2DInfo(
      input.shape as [number, number, number, number],
      filterSize,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    const dx = backend.makeOutput(input.shape, "float32");
    kernels.maxPoolGradient(
      backend.getMemoryOffset(input.dataId),
      backend.getMemoryOffset(output.dataId),
      backend.getMemoryOffset(dy.dataId),
      backend.getMemoryOffset(dx.dataId),
      info.batchSize,
      info.inHeight,
      info.inWidth,
      info.inChannels,
      info.outHeight,
      info.outWidth,
      info.filterHeight,
      info.filterWidth,
      info.strideHeight,
      info.strideWidth,
      info.padInfo.top,
      info.padInfo.left,
    );
    return dx;
  });
}
