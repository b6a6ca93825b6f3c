import { planConvolution } from "./convolution.ts";
import type { ConvolutionSizes, KernelExports } from "./module.ts";

/** Room between parts of the scratch memory: vectors are read best from the start of a cache line. */
const ALIGNMENT = 64;

/**
 * How the gradient of a convolution with respect to its input is computed. All arguments are addresses.
 *
 * @internal
 */
export interface InputGradientPlan {
  /** Bytes of scratch memory that `run` needs. */
  readonly scratchBytes: number;
  /** dx = the gradient from that of the output, dy, and the filter w. */
  run(dx: number, dy: number, w: number, scratch: number): void;
}

/**
 * Chooses how to compute the input's gradient: with stride 1 it is a convolution itself, of dy with the filter
 * turned by half a circle, which {@linkcode planConvolution} knows how to do; with other strides it is laid back
 * patch by patch.
 */
export function planInputGradient(
  kernels: KernelExports,
  sizes: ConvolutionSizes,
): InputGradientPlan {
  const [batch, inH, inW, inC, outH, outW, outC, filterH, filterW, strideY, strideX, top, left] =
    sizes;
  if (strideY !== 1 || strideX !== 1) {
    return {
      scratchBytes: kernels.sgemmScratchBytes(),
      run: (dx, dy, w, scratch) => kernels.conv2dInputGradient(dx, dy, w, ...sizes, scratch),
    };
  }
  const padding = [filterH - 1 - top, filterW - 1 - left] as const;
  const plan = planConvolution(
    kernels,
    [batch, outH, outW, outC, inH, inW, inC, filterH, filterW, 1, 1, ...padding],
  );
  const turnedBytes = roundUp(4 * filterH * filterW * inC * outC);
  const packedBytes = roundUp(plan.filterBytes);
  return {
    scratchBytes: ALIGNMENT + turnedBytes + packedBytes + plan.scratchBytes,
    run: (dx, dy, w, start) => {
      const turned = roundUp(start);
      const packed = turned + turnedBytes;
      const scratch = packed + packedBytes;
      kernels.turnFilter(w, inC, outC, filterH, filterW, turned);
      plan.pack(turned, packed, scratch);
      plan.run([dy, packed, 0, dx], [-Infinity, Infinity], scratch);
    },
  };
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
