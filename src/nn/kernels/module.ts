import * as tf from "@tensorflow/tfjs";
import type { TransformerExports } from "./transformer/exports.ts";
import { compileWasm, type WasmSource } from "../wasm_source.ts";

/** Stride, padding and sizes of a convolution, in the order in which the WASM functions take them. */
export type ConvolutionSizes = readonly [
  batch: number,
  inH: number,
  inW: number,
  inC: number,
  outH: number,
  outW: number,
  outC: number,
  filterH: number,
  filterW: number,
  strideY: number,
  strideX: number,
  padTop: number,
  padLeft: number,
];

/** Sizes, window, stride and padding of a pooling, in the order in which the WASM functions take them. */
export type PoolSizes = readonly [
  batch: number,
  inH: number,
  inW: number,
  channels: number,
  outH: number,
  outW: number,
  windowH: number,
  windowW: number,
  strideY: number,
  strideX: number,
  padTop: number,
  padLeft: number,
];

/**
 * What `dsp-as/kernels.ts` exports. Every address is one in tfjs's heap, every stride counts numbers,
 * and `scratch` points to {@linkcode KernelExports.sgemmScratchBytes} bytes.
 */
export interface KernelExports extends TransformerExports {
  /** C [m, n] = A B or, with `accumulate`, C += A B; element (i, j) of A is at `a + 4 (i aRow + j aCol)`. */
  sgemm(
    m: number,
    n: number,
    k: number,
    a: number,
    aRow: number,
    aCol: number,
    b: number,
    bRow: number,
    bCol: number,
    c: number,
    cRow: number,
    accumulate: boolean,
    scratch: number,
  ): void;
  /** Bytes of scratch memory that the products need. */
  sgemmScratchBytes(): number;
  /** Gradient of a convolution with respect to its filter. The last argument is the scratch memory. */
  conv2dFilterGradient(
    x: number,
    dy: number,
    dw: number,
    ...sizesAndScratch: [...ConvolutionSizes, scratch: number]
  ): void;
  /** Bytes of scratch memory that {@linkcode KernelExports.conv2dFilterGradient} needs. */
  conv2dFilterGradientScratchBytes(
    inC: number,
    outC: number,
    filterH: number,
    filterW: number,
  ): number;
  /** Gradient of a convolution with respect to its input. The last argument is the scratch memory. */
  conv2dInputGradient(
    dx: number,
    dy: number,
    w: number,
    ...sizesAndScratch: [...ConvolutionSizes, scratch: number]
  ): void;
  /** A filter [filterH, filterW, inC, outC] turned by half a circle, as [filterH, filterW, outC, inC]. */
  turnFilter(
    w: number,
    inC: number,
    outC: number,
    filterH: number,
    filterW: number,
    to: number,
  ): void;
  /** Max pooling; with `relu`, of max(x, 0). */
  maxPool(x: number, y: number, ...sizesAndRelu: [...PoolSizes, relu: boolean]): void;
  /** Gradient of {@linkcode KernelExports.maxPool}. */
  maxPoolGradient(
    x: number,
    y: number,
    dy: number,
    dx: number,
    ...sizesAndRelu: [...PoolSizes, relu: boolean]
  ): void;
  /** Gradient of max(x, 0) from its result y, over `n` numbers. */
  reluGradient(n: number, y: number, dy: number, dx: number): void;
  /** Sums of the columns of x [rows, cols]; `scratch` is room for `cols` numbers. */
  columnSums(rows: number, cols: number, x: number, to: number, scratch: number): void;
  /** Batch normalisation of the columns of x [rows, cols]; `scratch` is room for `cols` numbers. */
  batchNorm(
    rows: number,
    cols: number,
    x: number,
    gamma: number,
    beta: number,
    y: number,
    mean: number,
    variance: number,
    inverse: number,
    epsilon: number,
    scratch: number,
  ): void;
  /** Gradients of {@linkcode KernelExports.batchNorm}; `scratch` is room for `cols` numbers. */
  batchNormGradient(
    rows: number,
    cols: number,
    x: number,
    dy: number,
    gamma: number,
    mean: number,
    inverse: number,
    dx: number,
    dGamma: number,
    dBeta: number,
    scratch: number,
  ): void;
  /** Bytes of a filter [3, 3, inC, outC] transformed by {@linkcode KernelExports.winogradFilter}. */
  winogradFilterBytes(
    inC: number,
    outC: number,
    pointsDown: number,
    pointsAcross: number,
  ): number;
  /**
   * Transforms a filter [3, 3, inC, outC] for {@linkcode KernelExports.winogradConv2d}: at eight points each
   * way in which there are tiles of six outputs, else at six.
   */
  winogradFilter(
    w: number,
    inC: number,
    outC: number,
    pointsDown: number,
    pointsAcross: number,
    to: number,
    scratch: number,
  ): void;
  /** Bytes of scratch memory that the Winograd functions need. */
  winogradScratchBytes(
    inC: number,
    outC: number,
    pointsDown: number,
    pointsAcross: number,
    blockTiles: number,
  ): number;
  /**
   * 3 x 3 convolution with stride 1 by Winograd's algorithm, `blockTiles` tiles at a time, of which `sixesDown`
   * rows and `sixesAcross` columns have six outputs that way and the others four: a transformed filter, a bias or
   * address 0, and limits between which the results are held.
   */
  winogradConv2d(
    x: number,
    filter: number,
    bias: number,
    y: number,
    batch: number,
    inH: number,
    inW: number,
    inC: number,
    outH: number,
    outW: number,
    outC: number,
    padTop: number,
    padLeft: number,
    least: number,
    most: number,
    sixesDown: number,
    sixesAcross: number,
    blockTiles: number,
    scratch: number,
  ): void;
  /** Bytes of a filter packed by {@linkcode KernelExports.im2colFilter}. */
  im2colFilterBytes(taps: number, outC: number): number;
  /** Packs a filter of `taps` = height x width x input channels for {@linkcode KernelExports.im2colConv2d}. */
  im2colFilter(w: number, taps: number, outC: number, to: number): void;
  /** Bytes of scratch memory that {@linkcode KernelExports.im2colConv2d} needs. */
  im2colScratchBytes(taps: number, outC: number): number;
  /** Any convolution as a matrix product; after the sizes: limits of the results, scratch memory. */
  im2colConv2d(
    x: number,
    filter: number,
    bias: number,
    y: number,
    ...sizesAndRest: [...ConvolutionSizes, least: number, most: number, scratch: number]
  ): void;
  /** One Adam step over `n` weights: `m` and `v` in place, the new weights to `to`. */
  adam(
    n: number,
    w: number,
    g: number,
    m: number,
    v: number,
    to: number,
    alpha: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
  ): void;
  /** Bytes of scratch memory that {@linkcode KernelExports.denseAdam} needs. */
  denseAdamScratchBytes(cols: number, batch: number): number;
  /** One Adam step over the kernel [rows, cols] of a dense layer, from its input x and the gradient dy of its output. */
  denseAdam(
    rows: number,
    cols: number,
    batch: number,
    x: number,
    dy: number,
    w: number,
    m: number,
    v: number,
    to: number,
    alpha: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
    scratch: number,
  ): void;
}

/**
 * Instantiates Emofuse's kernels on the memory of tfjs's WASM backend, which must be the current one.
 *
 * @throws {Error} If a file is missing, or the backend's memory is not where tfjs 4.22 has it.
 */
export async function instantiateKernels(source: WasmSource): Promise<KernelExports> {
  // Not part of tfjs's public types: the instance's exports, as Emscripten names them.
  const { wasm } = tf.backend() as unknown as { wasm?: { asm?: { memory?: unknown } } };
  const memory = wasm?.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new Error("the tfjs backend exposes no WebAssembly memory; Emofuse needs tfjs 4.22");
  }
  const module = await compileWasm(source);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as KernelExports;
}
