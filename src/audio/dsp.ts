import { AudioInputError, DspLoadError } from "./errors.ts";

/**
 * The functions of build/dsp.wasm; dsp-as/dsp.ts says what each does. Pointers are byte addresses in
 * `memory`.
 */
export interface DspExports {
  /** The core's memory. */
  readonly memory: WebAssembly.Memory;
  /** Reserves bytes on top of the stack. */
  alloc(bytes: number): number;
  /** The top of the stack. */
  mark(): number;
  /** Gives back everything above a mark. */
  release(to: number): void;
  /** Tables of the Fourier transform of `n` samples. */
  createFft(n: number): number;
  /** Transforms four interleaved frames. */
  rfft4(plan: number, x: number, spectrum: number): void;
  /** The first `outputs` rows of the cosine transform of `n` values, weighted by a lifter. */
  createDct(n: number, outputs: number, ortho: boolean, lifter: number, first: number): number;
  /** Cosine transform of each of `columns` columns of `n` values. */
  runDct(table: number, n: number, outputs: number, x: number, columns: number): number;
  /** Frames and their transform in single precision; `pad` is -1 where they are not centred. */
  createStft(
    nFft: number,
    winLength: number,
    hopLength: number,
    window: number,
    pad: number,
  ): number;
  /** Likewise in double precision. */
  createStft64(
    nFft: number,
    winLength: number,
    hopLength: number,
    window: number,
    pad: number,
  ): number;
  /** Number of frames of `n` samples by such a plan. */
  stftFrames(plan: number, n: number): number;
  /** Real parts, then imaginary parts, by a plan in double precision. */
  runStft(plan: number, x: number, n: number): number;
  /** The magnitudes of a signal's spectrum, by a plan in double precision. */
  magnitudesOfSignal(plan: number, x: number, n: number): number;
  /** The magnitudes that are there already. */
  magnitudesOfRows(x: number, bins: number, frames: number): number;
  /** Magnitudes as a spectrogram, or their squares. */
  runSpectrogram(magnitudes: number, power: number): number;
  /** Spectral centroid of each frame. */
  runCentroid(magnitudes: number, width: number): number;
  /** Spectral bandwidth of each frame. */
  runBandwidth(magnitudes: number, width: number, order: number, norm: boolean): number;
  /** Spectral roll-off of each frame. */
  runRolloff(magnitudes: number, width: number, share: number): number;
  /** Spectral flatness of each frame. */
  runFlatness(magnitudes: number, power: number, amin: number): number;
  /** Room for the bands of a spectral contrast. */
  createBands(count: number): number;
  /** Enters a band. */
  setBand(bands: number, k: number, first: number, bins: number, extremes: number): void;
  /** Spectral contrast of each band and frame. */
  runContrast(magnitudes: number, bands: number, count: number, linear: boolean): number;
  /** librosa's mel filters. */
  createMelBank(
    sampleRate: number,
    nFft: number,
    nMels: number,
    fMin: number,
    fMax: number,
    htk: boolean,
    equalArea: boolean,
  ): number;
  /** The filters as a matrix. */
  melWeights(bank: number, bins: number): number;
  /** The parts of a mel spectrogram: frames, filters. */
  createMelSpectrogram(stft: number, bank: number, power: number): number;
  /** Mel spectrogram of `n` samples. */
  runMelSpectrogram(plan: number, x: number, n: number): number;
  /** Turns powers into decibels, in place. */
  powerToDb(x: number, n: number, ref: number, amin: number, topDb: number): void;
  /** librosa's MFCC of the parts given: frames, filters, cosine transform. */
  createLibrosaMfcc(
    stft: number,
    bank: number,
    dct: number,
    nMfcc: number,
    power: number,
    topDb: number,
  ): number;
  /** Tables of the textbook's MFCC. */
  createTextbookMfcc(
    sampleRate: number,
    nFft: number,
    winLength: number,
    hopLength: number,
    nMels: number,
    fMin: number,
    fMax: number,
    nMfcc: number,
    lifter: number,
    preEmphasis: number,
  ): number;
  /** Number of frames of `n` samples. */
  mfccFrames(plan: number, n: number): number;
  /** MFCCs of `n` samples; the result lies above the stack's mark. */
  runMfcc(plan: number, samples: number, n: number): number;
  /** MFCCs of `frames` frames that begin at the second of `n` samples; the result likewise. */
  runMfccPart(plan: number, samples: number, n: number, frames: number): number;
  /** Weights of the derivative of the given order. */
  createDelta(width: number, order: number): number;
  /** Derivatives of `rows` rows of `frames` values. */
  runDelta(plan: number, x: number, rows: number, frames: number, mode: number): number;
  /** Pre-emphasis of `n` samples; `state` stands for -c x[-1]. */
  runPreemphasis(x: number, n: number, c: number, state: number): number;
  /** Filters of a change of sample rate. */
  createResampler(
    up: number,
    down: number,
    reach: number,
    cutoff: number,
    beta: number,
  ): number;
  /** The first `outputs` samples at the new rate. */
  runResampler(plan: number, x: number, n: number, outputs: number): number;
  /** Root mean square of each frame. */
  runRms(
    x: number,
    n: number,
    pad: number,
    mode: number,
    frameLength: number,
    hopLength: number,
    frames: number,
  ): number;
  /** Tables of the search for a period. */
  createYin(
    nFft: number,
    frameLength: number,
    minPeriod: number,
    maxPeriod: number,
    threshold: number,
  ): number;
  /** Fundamental frequency of each frame. */
  runYin(
    plan: number,
    x: number,
    n: number,
    pad: number,
    mode: number,
    hopLength: number,
    frames: number,
    rate: number,
  ): number;
  /** Share of zero crossings in each frame. */
  runZeroCrossingRate(
    x: number,
    n: number,
    pad: number,
    frameLength: number,
    hopLength: number,
    frames: number,
    threshold: number,
    zeroPos: number,
    first: number,
  ): number;
}

/** Numbers in the core's memory. */
export interface DspArray {
  /** Address of the first one, in bytes. */
  readonly at: number;
  /** How many 32-bit floating-point numbers there are. */
  readonly length: number;
}

const FUNCTIONS = [
  "alloc",
  "mark",
  "release",
  "createFft",
  "rfft4",
  "createDct",
  "runDct",
  "createStft",
  "createStft64",
  "stftFrames",
  "runStft",
  "magnitudesOfSignal",
  "magnitudesOfRows",
  "runSpectrogram",
  "runCentroid",
  "runBandwidth",
  "runRolloff",
  "runFlatness",
  "createBands",
  "setBand",
  "runContrast",
  "createMelBank",
  "melWeights",
  "createMelSpectrogram",
  "runMelSpectrogram",
  "powerToDb",
  "createLibrosaMfcc",
  "createTextbookMfcc",
  "mfccFrames",
  "runMfcc",
  "runMfccPart",
  "createDelta",
  "runDelta",
  "runPreemphasis",
  "createResampler",
  "runResampler",
  "runRms",
  "createYin",
  "runYin",
  "runZeroCrossingRate",
] as const satisfies readonly (keyof DspExports)[];

/** More different settings than this in turn, and the tables of all are made anew. */
const MAX_PLANS = 16;

/**
 * One instance of the DSP core, the WebAssembly that computes audio features. It keeps the tables of
 * the settings it has seen, so that one instance should serve many clips; its memory does not grow
 * when a computation is repeated. It touches no file system: {@linkcode loadDsp} reads the
 * file where there is one, an edge worker hands over the module it was deployed with.
 *
 * @example
 * ```ts
 * import { Dsp } from "./dsp.ts";
 * import { mfcc } from "./mfcc.ts";
 * import assert from "node:assert/strict";
 *
 * const bytes = await Deno.readFile(new URL("../../build/dsp.wasm", import.meta.url));
 * const dsp = new Dsp(await WebAssembly.compile(bytes));
 * assert.equal(mfcc(dsp, new Float32Array(32000), { sampleRate: 8000 }).nFrames, 63);
 * ```
 */
export class Dsp {
  readonly #wasm: DspExports;
  readonly #plans = new Map<string, number>();
  readonly #bottom: number;

  /**
   * Instantiates the compiled build/dsp.wasm.
   *
   * @throws {DspLoadError} If the module is not the DSP core that this version was written for.
   */
  constructor(module: WebAssembly.Module) {
    this.#wasm = instantiate(module);
    this.#bottom = this.#wasm.mark();
  }

  /** Size of the core's memory in bytes. */
  get memoryBytes(): number {
    return this.#wasm.memory.buffer.byteLength;
  }

  /**
   * The address of the tables made by `create`, which are kept under `key`. It holds until the next
   * call of this method. Meant for the feature functions of this folder.
   *
   * @throws {AudioInputError} If the engine refuses the memory for them.
   */
  plan(key: string, create: (wasm: DspExports) => number): number {
    let plan = this.#plans.get(key);
    if (plan === undefined) {
      if (this.#plans.size >= MAX_PLANS) {
        this.#wasm.release(this.#bottom);
        this.#plans.clear();
      }
      const mark = this.#wasm.mark();
      try {
        plan = orOutOfMemory(() => create(this.#wasm));
      } catch (error) {
        this.#wasm.release(mark);
        throw error;
      }
      this.#plans.set(key, plan);
    }
    return plan;
  }

  /**
   * Copies `input` into the core, calls `compute` with its address, and returns a copy of the numbers
   * that `compute` points to: a new array, or the start of the one that `into` returns for their
   * number. All that was allocated in between is given back. Meant for the feature functions of this
   * folder.
   *
   * @throws {AudioInputError} If the engine refuses the memory for it.
   */
  run(
    input: Float32Array,
    compute: (wasm: DspExports, input: number) => DspArray,
    into?: (length: number) => Float32Array<ArrayBuffer>,
  ): Float32Array<ArrayBuffer> {
    const wasm = this.#wasm;
    const mark = wasm.mark();
    try {
      return orOutOfMemory(() => {
        const start = wasm.alloc(input.byteLength);
        new Float32Array(wasm.memory.buffer, start >>> 0, input.length).set(input);
        const { at, length } = compute(wasm, start);
        // The buffer is looked up again: growing replaces it. Addresses come back as signed numbers.
        const result = new Float32Array(wasm.memory.buffer, at >>> 0, length);
        if (into === undefined) return result.slice();
        const target = into(length);
        target.set(result);
        return target.subarray(0, length);
      });
    } finally {
      wasm.release(mark);
    }
  }
}

function instantiate(module: WebAssembly.Module): DspExports {
  const missing = missingFunctions(module);
  if (missing.length > 0) {
    throw new DspLoadError(
      `this is not the DSP core of this version of Emofuse, or an old build of it: it lacks ${
        missing.join(", ")
      }. Run \`deno task build\``,
    );
  }
  // The list has just been compared with the interface.
  return new WebAssembly.Instance(module).exports as unknown as DspExports;
}

function missingFunctions(module: WebAssembly.Module): string[] {
  const exported = new Map(
    WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]),
  );
  const missing: string[] = FUNCTIONS.filter((name) => exported.get(name) !== "function");
  if (exported.get("memory") !== "memory") missing.push("memory");
  return missing;
}

/** The core traps where it cannot get memory, and only there. */
function orOutOfMemory<T>(fn: () => T): T {
  try {
    return fn();
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError)) throw error;
    throw new AudioInputError(
      "the samples need more memory than a WebAssembly module can have: cut them into parts",
      { cause: error },
    );
  }
}
