import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { FilterCache } from "./filter_cache.ts";
import type { KernelExports } from "./module.ts";
import { type KernelCall, registerWasmKernel, withScratch } from "./register.ts";

/** Tiles that a convolution works on at a time: docs/winograd.md says how this was found. */
const BLOCK_TILES = 48;

/** With fewer input channels than this, the transforms cost more than they save. */
const LEAST_CHANNELS = 8;

/** Between which limits an activation holds the results. */
const LIMITS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  linear: [-Infinity, Infinity],
  relu: [0, Infinity],
  relu6: [0, 6],
};

type Attributes = tf.FusedConv2DAttrs;
type Inputs = Record<"x" | "filter", tf.TensorInfo> & { readonly bias?: tf.TensorInfo };

/**
 * Replaces `Conv2D` and `FusedConv2D` for 3 x 3 filters with stride 1 and any padding: by Winograd's
 * algorithm F(4 x 4, 3 x 3), which needs a quarter of the products, or by a plain matrix product where a
 * picture has few channels. Everything else (other filters, strides, dilations, channels first,
 * activations other than ReLU and ReLU6) is left to the stock kernels.
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
  const { strides, pad, dilations, dataFormat, dimRoundingMode, activation } =
    attrs as unknown as Attributes;
  const limits = LIMITS[activation ?? "linear"];
  const [filterH, filterW, inC, outC] = filter.shape;
  if (!limits || filterH !== 3 || filterW !== 3 || dataFormat !== "NHWC") return undefined;
  if (x.dtype !== "float32" || filter.dtype !== "float32") return undefined;
  if (bias && (bias.dtype !== "float32" || tf.util.sizeFromShape(bias.shape) !== outC)) {
    return undefined;
  }
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filter.shape as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const { batchSize, inHeight, inWidth, outHeight, outWidth, padInfo: { top, left } } = info;
  if (info.strideHeight !== 1 || info.strideWidth !== 1) return undefined;
  if (info.dilationHeight !== 1 || info.dilationWidth !== 1) return undefined;
  if (inC !== info.inChannels || batchSize * outHeight * outWidth * inC * outC === 0) {
    return undefined;
  }

  const address = (tensor: tf.TensorInfo) => backend.getMemoryOffset(tensor.dataId);
  const winograd = inC >= LEAST_CHANNELS;
  const taps = 9 * inC;
  const scratchBytes = winograd
    ? kernels.winogradScratchBytes(inC, outC, BLOCK_TILES)
    : kernels.im2colScratchBytes(taps, outC);
  let y: tf.TensorInfo | undefined;
  withScratch(backend, kernels, (scratch) => {
    const packed = cache.get(
      filter.dataId,
      winograd ? kernels.winogradFilterBytes(inC, outC) : kernels.im2colFilterBytes(taps, outC),
      (to) =>
        winograd
          ? kernels.winogradFilter(address(filter), inC, outC, to, scratch)
          : kernels.im2colFilter(address(filter), taps, outC, to),
    );
    if (packed === undefined) return;
    y = backend.makeOutput(info.outShape, "float32");
    const tensors = [address(x), packed, bias ? address(bias) : 0, address(y)] as const;
    const input = [batchSize, inHeight, inWidth, inC] as const;
    const output = [outHeight, outWidth, outC] as const;
    if (winograd) {
      kernels.winogradConv2d(
        ...tensors,
        ...input,
        ...output,
        ...[top, left] as const,
        ...limits,
        BLOCK_TILES,
        scratch,
      );
    } else {
      kernels.im2colConv2d(
        ...tensors,
        ...input,
        ...output,
        ...[3, 3, 1, 1, top, left] as const,
        ...limits,
        scratch,
      );
    }
  }, scratchBytes);
  return y;
}
