import * as tf from "@tensorflow/tfjs";

/** Emofuse's kernels: the URL of a `.wasm` file, its bytes, or a module compiled beforehand. */
export type KernelSource = string | URL | Uint8Array<ArrayBuffer> | WebAssembly.Module;

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

/**
 * What `dsp-as/kernels.ts` exports. Every address is one in tfjs's heap, every stride counts numbers,
 * and `scratch` points to {@linkcode KernelExports.sgemmScratchBytes} bytes.
 */
export interface KernelExports {
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
  /** Gradient of a convolution with respect to its input. The last argument is the scratch memory. */
  conv2dInputGradient(
    dx: number,
    dy: number,
    w: number,
    ...sizesAndScratch: [...ConvolutionSizes, scratch: number]
  ): void;
  /** Gradient of max pooling. */
  maxPoolGradient(
    x: number,
    y: number,
    dy: number,
    dx: number,
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
}

/**
 * Instantiates Emofuse's kernels on the memory of tfjs's WASM backend, which must be the current one.
 * Without a `source` it takes the build with relaxed SIMD if this engine accepts it, else the other.
 *
 * @throws {Error} If a file is missing, or the backend's memory is not where tfjs 4.22 has it.
 */
export async function instantiateKernels(source?: KernelSource): Promise<KernelExports> {
  // Not part of tfjs's public types: the instance's exports, as Emscripten names them.
  const { wasm } = tf.backend() as unknown as { wasm?: { asm?: { memory?: unknown } } };
  const memory = wasm?.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new Error("the tfjs backend exposes no WebAssembly memory; Emofuse needs tfjs 4.22");
  }
  const module = await compile(source);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  return exports as unknown as KernelExports;
}

async function compile(source?: KernelSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source !== undefined) return await WebAssembly.compile(await bytesOf(source));
  const relaxed = await bytesOf(new URL("../../../build/kernels.relaxed.wasm", import.meta.url));
  if (WebAssembly.validate(relaxed)) return await WebAssembly.compile(relaxed);
  return await WebAssembly.compile(
    await bytesOf(new URL("../../../build/kernels.wasm", import.meta.url)),
  );
}

async function bytesOf(
  source: string | URL | Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (source instanceof Uint8Array) return source;
  const response = await fetch(source);
  if (!response.ok) throw new Error(`${source} answers ${response.status}`);
  return await response.bytes();
}
