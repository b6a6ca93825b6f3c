import { crossProducts } from "../../numeric/cross_products.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import { squaredDistance } from "./rbf_kernel.ts";

/** What a block holds: dot products, or squared Euclidean distances. */
export type BlockValues = "products" | "distances";

/**
 * Dot products or squared distances of the rows of a training set, in double precision, a pair of classes at a time:
 * machines of two classes ask for no more, and with k classes the largest array has n^2 / k^2 numbers instead of n^2.
 * What is within a class is computed once and kept by halves, what is between two classes is computed when it is asked
 * for, in the place of the one before.
 *
 * @example
 * ```ts
 * import { ClassBlocks } from "./class_blocks.ts";
 * import { Matrix } from "../../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [5], [2]]);
 * const blocks = new ClassBlocks(x, [Int32Array.of(0, 2), Int32Array.of(1)], "distances");
 * assert.deepEqual(blocks.within(0), Float64Array.of(0, 4, 0));
 * assert.deepEqual(blocks.between(0, 1), Float64Array.of(25, 9));
 * ```
 */
export class ClassBlocks {
  /** The rows of each class. */
  readonly members: readonly Int32Array[];
  /** What the blocks hold. */
  readonly values: BlockValues;
  readonly #x: Matrix;
  readonly #within: (Float64Array | undefined)[];
  /** The squared length of each row of each class, as the products within the class give it. */
  readonly #norms: Float64Array[] = [];
  /** Rows of a class in double precision, and of which: the first class of a pair stays while the second changes. */
  readonly #rows: { of: number; values: Float64Array }[];
  readonly #between: Float64Array;

  /**
   * Makes the blocks of rows `members` of `x` [n, features]; nothing is computed yet.
   *
   * @param x Row-major values.
   * @param members The rows of each class.
   * @param values What the blocks hold.
   */
  constructor(x: Matrix, members: readonly Int32Array[], values: BlockValues) {
    this.members = members;
    this.#x = x;
    this.values = values;
    this.#within = members.map(() => undefined);
    const sizes = members.map(({ length }) => length).sort((a, b) => b - a);
    const [largest, second = 0] = sizes;
    this.#rows = [0, 1].map(() => ({ of: -1, values: new Float64Array(largest * x.cols) }));
    this.#between = new Float64Array(largest * second);
  }

  /** The upper half of the square of class `i`, diagonal included, row after row [n (n + 1) / 2]. */
  within(i: number): Float64Array {
    return this.#within[i] ??= this.#computeWithin(i);
  }

  /** Class `i` against another class `j` [n_i, n_j]: valid until the next call. */
  between(i: number, j: number): Float64Array {
    const [n, m] = [this.members[i].length, this.members[j].length];
    const length = this.#x.cols;
    const out = this.#between.subarray(0, n * m);
    crossProducts(this.#load(0, i), this.#load(1, j), length, out);
    if (this.values === "products") return out;
    // Both are there once what is within the classes is.
    this.within(i), this.within(j);
    const [normsI, normsJ] = [this.#norms[i], this.#norms[j]];
    for (let r = 0, at = 0; r < n; r++) {
      for (let c = 0; c < m; c++, at++) out[at] = squaredDistance(normsI[r], normsJ[c], out[at]);
    }
    return out;
  }

  #computeWithin(i: number): Float64Array {
    const n = this.members[i].length;
    const slot = this.#rows.findIndex(({ of }) => of === i);
    const rows = this.#load(slot === -1 ? 1 : slot, i);
    const products = crossProducts(rows, rows, this.#x.cols);
    const norms = Float64Array.from({ length: n }, (_, r) => products[r * n + r]);
    this.#norms[i] = norms;
    const out = new Float64Array(n * (n + 1) / 2);
    for (let r = 0, at = 0; r < n; r++) {
      for (let c = r; c < n; c++, at++) {
        const product = products[r * n + c];
        out[at] = this.values === "distances"
          ? squaredDistance(norms[r], norms[c], product)
          : product;
      }
    }
    return out;
  }

  #load(slot: number, i: number): Float64Array {
    const { values } = this.#rows[slot];
    const length = this.#x.cols;
    if (this.#rows[slot].of !== i) {
      this.members[i].forEach((row, at) => values.set(this.#x.row(row), at * length));
      this.#rows[slot].of = i;
    }
    return values.subarray(0, this.members[i].length * length);
  }
}
