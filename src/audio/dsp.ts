import { GET_WASM } from "../runtime/invocation.ts";
import { DSP_FUNCTIONS, type DspExports } from "./dsp_exports.ts";
import { AudioInputError, DspLoadError } from "./errors.ts";

/** Numbers in the core's memory. */
export interface DspArray {
  /** Address of the first one, in bytes. */
  readonly at: number;
  /** How many 32-bit floating-point numbers there are. */
  readonly length: number;
}

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
      }: ${GET_WASM}`,
    );
  }
  // The list has just been compared with the interface.
  return new WebAssembly.Instance(module).exports as unknown as DspExports;
}

function missingFunctions(module: WebAssembly.Module): string[] {
  const exported = new Map(
    WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]),
  );
  const missing: string[] = DSP_FUNCTIONS.filter((name) => exported.get(name) !== "function");
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
