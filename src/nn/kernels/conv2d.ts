import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { ACTIVATION_LIMITS } from "./activation_limits.ts";
import { planConvolution } from "./convolution.ts";
import { convolutionSizes } from "./convolution_sizes.ts";
import { FilterCache } from "./filter_cache.ts";
import type { KernelExports } from "./module.ts";
import { type KernelCall, registerWasmKernel, withScratch } from "./register.ts";

type Attributes = tf.FusedConv2DAttrs;
type Inputs = Record<"x" | "filter", tf.TensorInfo> & { readonly bias?: tf.TensorInfo };

/**
 * Replaces `Conv2D` and `FusedConv2D` for 3 x 3 filters with stride 1 and for filters of height 1 (pointwise and
 * 1-D convolutions) with any stride, with any padding. Everything else (other filters, strides, dilations,
 * channels first, activations other than ReLU and ReLU6) is left to the stock kernels.
 *
 * The stock product of a pointwise convolution keeps more sums than there are registers. Where those on the stack
 * lie across cache lines it takes 1.7 times as long, and whether they do changes whenever V8 compiles one of its
 * callers anew.
 */
export function registerConv2D(kernels: KernelExports): void {
  const cache = new FilterCache(tf.backend() as BackendWasm);
  for (const name of ["Conv2D", "FusedConv2D"]) {
    registerWasmKernel(name, (call, stock) => {
      const y = convolve(kernels, cache, call);
      if (y) return y;
      if (!stock) throw new Error(`this tfjs has no ${name} for the WASM backend`);
      return stock(call) as tf.TensorInfo;
    });
  }
}

/** The result, or undefined for a call that is none of this file's. */
function convolve(
  kernels: KernelExports,
  cache: FilterCache,
  { inputs, attrs, backend }: KernelCall,
): tf.TensorInfo | undefined {
  const { x, filter, bias } = inputs as unknown as Inputs;
  const { dilations, dataFormat, activation, ...rest } = attrs as unknown as Attributes;
  const limits = ACTIVATION_LIMITS[activation ?? "linear"];
  const [filterH, filterW, filterInC] = filter.shape;
  const covered = filterH === 3 && filterW === 3 || filterH === 1;
  if (!limits || !covered || dataFormat !== "NHWC") return undefined;
  if ([dilations].flat().some((dilation) => dilation !== 1)) return undefined;
  if (x.dtype !== "float32" || filter.dtype !== "float32") return undefined;
  const sizes = convolutionSizes(x.shape, filter.shape, rest);
  const [batch, , , inC, outH, outW, outC, , , strideY, strideX] = sizes;
  if (bias && (bias.dtype !== "float32" || tf.util.sizeFromShape(bias.shape) !== outC)) {
    return undefined;
  }
  if (filterH === 3 && (strideY !== 1 || strideX !== 1)) return undefined;
  if (filterInC !== inC || batch * outH * outW * inC * outC === 0) return undefined;

  const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const plan = planConvolution(kernels, sizes);
  let y: tf.TensorInfo | undefined;
  withScratch(backend, (scratch) => {
    const packed = cache.get(
      filter.dataId,
      plan.layout,
      plan.filterBytes,
      (to) => plan.pack(address(filter), to, scratch),
    );
    if (packed === undefined) return;
    y = backend.makeOutput([batch, outH, outW, outC], "float32");
    plan.run([address(x), packed, bias ? address(bias) : 0, address(y)], limits, scratch);
  }, plan.scratchBytes);
  return y;
}
