import { crossProducts } from "../../numeric/cross_products.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import { release } from "../../numeric/release.ts";
import { squaredDistance } from "./rbf_kernel.ts";

/** Rows of either side of which products are computed at once. */
const ROWS = 128;

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
  /** Room for some rows of either side in double precision, and for their products. */
  readonly #rows: readonly [Float64Array, Float64Array];
  readonly #products = new Float64Array(ROWS * ROWS);
  readonly #between: { i: number; j: number; readonly values: Float64Array };

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
    this.#rows = [new Float64Array(ROWS * x.cols), new Float64Array(ROWS * x.cols)];
    this.#between = { i: -1, j: -1, values: new Float64Array(largest * second) };
  }

  /** The upper half of the square of class `i`, diagonal included, row after row [n (n + 1) / 2]. */
  within(i: number): Float64Array {
    return this.#within[i] ??= this.#computeWithin(i);
  }

  /** Class `i` against another class `j` [n_i, n_j]: valid until another pair is asked for. */
  between(i: number, j: number): Float64Array {
    const [n, m] = [this.members[i].length, this.members[j].length];
    const out = this.#between.values.subarray(0, n * m);
    if (this.#between.i === i && this.#between.j === j) return out;
    this.#forEachProduct(i, j, (r, c, product) => out[r * m + c] = product);
    this.#between.i = i;
    this.#between.j = j;
    if (this.values === "products") return out;
    // Both are there once what is within the classes is.
    this.within(i), this.within(j);
    const [normsI, normsJ] = [this.#norms[i], this.#norms[j]];
    for (let r = 0, at = 0; r < n; r++) {
      for (let c = 0; c < m; c++, at++) out[at] = squaredDistance(normsI[r], normsJ[c], out[at]);
    }
    return out;
  }

  /** Gives all memory back at once. It can be asked for nothing afterwards. */
  release(): void {
    const within = this.#within.filter((half) => half !== undefined);
    release(...within, ...this.#rows, this.#between.values);
  }

  #computeWithin(i: number): Float64Array {
    const n = this.members[i].length;
    const out = new Float64Array(n * (n + 1) / 2);
    // Row r begins after r rows that are each one number shorter than the one before.
    this.#forEachProduct(i, i, (r, c, product) => out[r * n - r * (r - 1) / 2 + c - r] = product);
    const norms = Float64Array.from({ length: n }, (_, r) => out[r * n - r * (r - 1) / 2]);
    this.#norms[i] = norms;
    if (this.values === "products") return out;
    for (let r = 0, at = 0; r < n; r++) {
      for (let c = r; c < n; c++, at++) out[at] = squaredDistance(norms[r], norms[c], out[at]);
    }
    return out;
  }

  /** Calls `visit` for each row of class `i` and each of class `j`, not before it where the classes are the same. */
  #forEachProduct(
    i: number,
    j: number,
    visit: (r: number, c: number, product: number) => void,
  ): void {
    const [n, m] = [this.members[i].length, this.members[j].length];
    for (let r = 0; r < n; r += ROWS) {
      const rows = this.#load(0, i, r);
      for (let c = i === j ? r : 0; c < m; c += ROWS) {
        const others = i === j && c === r ? rows : this.#load(1, j, c);
        const [some, more] = [Math.min(ROWS, n - r), Math.min(ROWS, m - c)];
        const products = this.#products.subarray(0, some * more);
        crossProducts(rows, others, this.#x.cols, products);
        for (let a = 0; a < some; a++) {
          for (let b = rows === others ? a : 0; b < more; b++) {
            visit(r + a, c + b, products[a * more + b]);
          }
        }
      }
    }
  }

  /** Rows of class `i` in double precision, from its row `from` on. */
  #load(side: 0 | 1, i: number, from: number): Float64Array {
    const length = this.#x.cols;
    const some = this.members[i].subarray(from, from + ROWS);
    some.forEach((row, at) => this.#rows[side].set(this.#x.row(row), at * length));
    return this.#rows[side].subarray(0, some.length * length);
  }
}
