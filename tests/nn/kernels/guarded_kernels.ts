import assert from "node:assert/strict";
import type { KernelExports } from "../../../src/nn/kernels/module.ts";
import { numbers } from "../keras_numbers.ts";

/** `size` numbers between -1 and 1 that cancel no better than chance, unlike those of a sine. */
export function noise(size: number, seed = 0): Float32Array {
  return Float32Array.from(numbers(size, seed), (value) => 2 * value);
}

/** Both builds of the kernels. */
export const BUILDS = ["kernels.wasm", "kernels.relaxed.wasm"];

/**
 * A build of the kernels on a memory of its own, in which everything that is not placed is NaN, and 64 bytes
 * behind everything that is placed must stay so.
 */
export class GuardedKernels {
  /** The functions. */
  readonly kernels: KernelExports;
  readonly #memory = new WebAssembly.Memory({ initial: 256 });
  #end = 1024;
  #guards: number[] = [];

  /** Loads `build/<file>`. */
  constructor(file: string) {
    const bytes = Deno.readFileSync(new URL(`../../../build/${file}`, import.meta.url));
    const imports = { env: { memory: this.#memory } };
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports);
    this.kernels = exports as unknown as KernelExports;
  }

  get #heap(): Float32Array {
    return new Float32Array(this.#memory.buffer);
  }

  /** Forgets everything that was placed. */
  clear(): void {
    this.#heap.fill(NaN);
    this.#end = 1024;
    this.#guards = [];
  }

  /** The address of room for numbers, or of these numbers. */
  place(data: Float32Array | number): number {
    const size = typeof data === "number" ? data : data.length;
    const at = this.#end;
    const end = at + 4 * size;
    assert(end + 1024 < this.#memory.buffer.byteLength, "the test's memory is too small");
    if (typeof data !== "number") this.#heap.set(data, at / 4);
    this.#guards.push(end / 4);
    this.#end = Math.ceil((end + 64) / 64) * 64;
    return at;
  }

  /** The address of scratch memory. */
  scratch(bytes: number): number {
    return this.place(Math.ceil(bytes / 4));
  }

  /** The numbers at an address, after a look at the guards. */
  read(at: number, size: number): Float32Array {
    for (const guard of this.#guards) {
      const numbers = this.#heap.subarray(guard, guard + 16);
      assert(numbers.every(Number.isNaN), "a kernel wrote beyond the end");
    }
    return this.#heap.slice(at / 4, at / 4 + size);
  }
}
