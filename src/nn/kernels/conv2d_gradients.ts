import type * as tf from "@tensorflow/tfjs";
import { convolutionSizes } from "./convolution_sizes.ts";
import { planInputGradient } from "./input_gradient.ts";
import type { KernelExports } from "./module.ts";
import { registerWasmKernel, withScratch } from "./register.ts";

type Attributes = tf.Conv2DBackpropInputAttrs & tf.Conv2DBackpropFilterAttrs;

/**
 * Registers the gradients of a 2-D convolution: `Conv2DBackpropFilter`, which tfjs's WASM backend lacks
 * (https://github.com/tensorflow/tfjs/issues/8474), and `Conv2DBackpropInput`, whose stock kernel is a
 * naive loop. Any stride and padding is covered; dilation is not, since tfjs has no gradient for it;
 * channels must come last: the filter's gradient throws for NCHW, the input's uses the stock kernel.
 */
export function registerConv2DGradients(kernels: KernelExports): void {
  registerWasmKernel("Conv2DBackpropFilter", ({ inputs, attrs, backend }) => {
    const { x, dy } = inputs as tf.Conv2DBackpropFilterInputs;
    const { filterShape, ...rest } = attrs as unknown as Attributes;
    if (rest.dataFormat !== "NHWC") {
      throw new Error(
        `Conv2DBackpropFilter on the WASM backend needs dataFormat NHWC, got ${rest.dataFormat}`,
      );
    }
    const sizes = convolutionSizes(x!.shape, filterShape, rest);
    const [, , , inC, , , outC, filterH, filterW] = sizes;
    const dw = backend.makeOutput(filterShape, "float32");
    withScratch(backend, (scratch) => {
      kernels.conv2dFilterGradient(
        backend.getMemoryOffset(x!.dataId),
        backend.getMemoryOffset(dy!.dataId),
        backend.getMemoryOffset(dw.dataId),
        ...sizes,
        scratch,
      );
    }, kernels.conv2dFilterGradientScratchBytes(inC, outC, filterH, filterW));
    return dw;
  });

  registerWasmKernel("Conv2DBackpropInput", (call, stock) => {
    const { inputs, attrs, backend } = call;
    const { dy, filter } = inputs as tf.Conv2DBackpropInputInputs;
    const { inputShape, ...rest } = attrs as unknown as Attributes;
    if (rest.dataFormat !== "NHWC" && stock) return stock(call) as tf.TensorInfo;
    const sizes = convolutionSizes(inputShape, filter!.shape, rest);
    const dx = backend.makeOutput(inputShape, "float32");
    const addresses = [dx, dy!, filter!].map(({ dataId }) => backend.getMemoryOffset(dataId));
    const [dxAt, dyAt, filterAt] = addresses;
    const plan = planInputGradient(kernels, sizes);
    withScratch(backend, (scratch) => plan.run(dxAt, dyAt, filterAt, scratch), plan.scratchBytes);
    return dx;
  });
}
