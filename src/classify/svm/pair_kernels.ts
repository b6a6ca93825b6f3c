import { exp } from "../../numeric/exp.ts";
import { release } from "../../numeric/release.ts";
import type { ClassBlocks } from "./class_blocks.ts";

/**
 * The kernel matrices of pairs of classes, one at a time: the rows of the first class, then those of the second.
 *
 * @example
 * ```ts
 * import { PairKernels } from "./pair_kernels.ts";
 * import { ClassBlocks } from "./class_blocks.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[1], [5], [2]]);
 * const blocks = new ClassBlocks(x, [Int32Array.of(0, 2), Int32Array.of(1)], "products");
 * assert.deepEqual(new PairKernels(blocks).of(0, 1), Float64Array.of(1, 2, 5, 2, 4, 10, 5, 10, 25));
 * ```
 */
export class PairKernels {
  /** What the kernels are made of. */
  readonly blocks: ClassBlocks;
  readonly #kernel: Float64Array;

  /**
   * Makes the kernels of at least two classes; nothing is computed yet.
   *
   * @param blocks Dot products for a linear kernel, squared distances for exp(-gamma |a - b|^2).
   */
  constructor(blocks: ClassBlocks) {
    this.blocks = blocks;
    const { members } = blocks;
    const [largest, second] = members.map(({ length }) => length).sort((a, b) => b - a);
    this.#kernel = new Float64Array((largest + second) ** 2);
  }

  /** Gives all memory back at once, that of the blocks too. It can be asked for nothing afterwards. */
  release(): void {
    release(this.#kernel);
    this.blocks.release();
  }

  /** Room for `length` numbers in the place of the kernel, for what comes after it. */
  room(length: number): Float64Array {
    return this.#kernel.subarray(0, length);
  }

  /**
   * The kernel [n, n] of classes `i` < `j`, in the place of the one before.
   *
   * @param i The first class.
   * @param j The second class.
   * @param gamma Inverse width; the linear kernel has none.
   */
  of(i: number, j: number, gamma = 0): Float64Array {
    const { members } = this.blocks;
    const [nI, nJ] = [members[i].length, members[j].length];
    const [within, other] = [this.blocks.within(i), this.blocks.within(j)];
    const between = this.blocks.between(i, j);
    const n = nI + nJ;
    const out = this.#kernel.subarray(0, n * n);
    const value = this.blocks.values === "distances"
      ? (x: number) => exp(-gamma * x)
      : (x: number) => x;
    const fillWithin = (half: Float64Array, from: number, to: number) => {
      for (let r = from, at = 0; r < to; r++) {
        for (let c = r; c < to; c++, at++) out[r * n + c] = out[c * n + r] = value(half[at]);
      }
    };
    fillWithin(within, 0, nI);
    fillWithin(other, nI, n);
    for (let r = 0, at = 0; r < nI; r++) {
      for (let c = nI; c < n; c++, at++) out[r * n + c] = out[c * n + r] = value(between[at]);
    }
    return out;
  }
}
