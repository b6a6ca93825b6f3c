import type { ConvolutionSizes, KernelExports } from "./module.ts";
import { planTiles } from "./winograd_tiles.ts";

/**
 * Tiles that a convolution works on at a time, depending on whether the numbers of the smaller block, at most 64 a
 * tile and channel, fit the second-level cache: docs/winograd.md says how this was found.
 */
const SMALL_BLOCK = 16;
const LARGE_BLOCK = 96;
const SMALL_BLOCK_BYTES = 1.5 * 2 ** 20;

/** With fewer input channels than this, the transforms cost more than they save. */
const LEAST_CHANNELS = 8;

/**
 * How one convolution is computed: by Winograd's algorithm, which needs a quarter of the products or fewer,
 * for 3 x 3 filters with stride 1; else, and where there are few channels, by a plain matrix
 * product. All arguments are addresses in tfjs's heap.
 *
 * @internal
 */
export interface ConvolutionPlan {
  /** The layout of the filter that `run` wants: plans with the same one can share a packed filter. */
  readonly layout: string;
  /** Bytes of the filter as `run` wants it. */
  readonly filterBytes: number;
  /** Bytes of scratch memory that `pack` and `run` need. */
  readonly scratchBytes: number;
  /** Brings a filter [filterH, filterW, inC, outC] into the layout that `run` wants. */
  pack(filter: number, to: number, scratch: number): void;
  /** y = the convolution of x with the packed filter, plus the bias unless 0, held between the limits. */
  run(
    addresses: readonly [x: number, packed: number, bias: number, y: number],
    limits: readonly [least: number, most: number],
    scratch: number,
  ): void;
}

function blockTiles(inC: number, outC: number, tiles: number): number {
  const small = 4 * 64 * (inC + outC) * SMALL_BLOCK <= SMALL_BLOCK_BYTES;
  // Four sizes of tiles, each of which may leave three places of its last four empty.
  return Math.min(small ? SMALL_BLOCK : LARGE_BLOCK, tiles + 12);
}

/** Chooses the algorithm for a convolution of these sizes. */
export function planConvolution(kernels: KernelExports, sizes: ConvolutionSizes): ConvolutionPlan {
  const [batch, inH, inW, inC, outH, outW, outC, filterH, filterW, strideY, strideX, top, left] =
    sizes;
  const is3x3 = filterH === 3 && filterW === 3 && strideY === 1 && strideX === 1;
  if (is3x3 && inC >= LEAST_CHANNELS) {
    const { sixesDown, sixesAcross, tiles, pointsDown, pointsAcross } = planTiles(outH, outW);
    const block = blockTiles(inC, outC, batch * tiles);
    const filterSizes = [inC, outC, pointsDown, pointsAcross] as const;
    return {
      layout: `winograd ${pointsDown} x ${pointsAcross}`,
      filterBytes: kernels.winogradFilterBytes(...filterSizes),
      scratchBytes: kernels.winogradScratchBytes(...filterSizes, block),
      pack: (filter, to, scratch) => kernels.winogradFilter(filter, ...filterSizes, to, scratch),
      run: (addresses, limits, scratch) =>
        kernels.winogradConv2d(
          ...addresses,
          batch,
          inH,
          inW,
          inC,
          outH,
          outW,
          outC,
          top,
          left,
          ...limits,
          sixesDown,
          sixesAcross,
          block,
          scratch,
        ),
    };
  }
  const taps = filterH * filterW * inC;
  return {
    layout: "im2col",
    filterBytes: kernels.im2colFilterBytes(taps, outC),
    scratchBytes: kernels.im2colScratchBytes(taps, outC),
    pack: (filter, to) => kernels.im2colFilter(filter, taps, outC, to),
    run: (addresses, limits, scratch) =>
      kernels.im2colConv2d(...addresses, ...sizes, ...limits, scratch),
  };
}
