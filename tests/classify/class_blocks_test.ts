import assert from "node:assert/strict";
import { type BlockValues, ClassBlocks } from "../../src/classify/svm/class_blocks.ts";
import { PairKernels } from "../../src/classify/svm/pair_kernels.ts";
import { squaredDistance } from "../../src/classify/svm/rbf_kernel.ts";
import { crossProducts } from "../../src/numeric/cross_products.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

const COLS = 5;

/** Two classes of so many rows, which lie mixed in the matrix. */
function classes(sizes: readonly number[]): { x: Matrix; members: Int32Array[] } {
  const random = new Random(3);
  const n = sizes.reduce((a, b) => a + b);
  const order = random.permutation(n);
  const data = Float32Array.from({ length: n * COLS }, () => random.normal());
  const members = sizes.map((size, k) =>
    order.subarray(k === 0 ? 0 : sizes[0]).slice(0, size).toSorted()
  );
  return { x: new Matrix(n, COLS, data), members };
}

// Around the rows whose products are computed at once.
for (const sizes of [[1, 3], [127, 129], [128, 256], [300, 5]]) {
  for (const values of ["products", "distances"] as const satisfies BlockValues[]) {
    Deno.test(`ClassBlocks of ${sizes.join(" and ")} rows hold ${values} to the last bit`, () => {
      const { x, members } = classes(sizes);
      const rows = members.map((some) => Float64Array.from(x.selectRows(some).data));
      const squares = rows.map((some) => crossProducts(some, some, COLS));
      const norm = (k: number, row: number) => squares[k][row * sizes[k] + row];
      const value = (product: number, [a, r]: number[], [b, c]: number[]) =>
        values === "products" ? product : squaredDistance(norm(a, r), norm(b, c), product);

      const blocks = new ClassBlocks(x, members, values);
      const between = crossProducts(rows[0], rows[1], COLS)
        .map((v, at) => value(v, [0, Math.floor(at / sizes[1])], [1, at % sizes[1]]));
      assert.deepEqual(blocks.between(0, 1), between);
      members.forEach((_, k) => {
        const half: number[] = [];
        for (let r = 0; r < sizes[k]; r++) {
          for (let c = r; c < sizes[k]; c++) {
            half.push(value(squares[k][r * sizes[k] + c], [k, r], [k, c]));
          }
        }
        assert.deepEqual(blocks.within(k), Float64Array.from(half));
      });
    });
  }
}

Deno.test("ClassBlocks and PairKernels give a pair again after another one was asked for", () => {
  const { x } = classes([6, 6]);
  const members = [0, 4, 8].map((from) => Int32Array.from({ length: 4 }, (_, i) => from + i));
  const kernels = new PairKernels(new ClassBlocks(x, members, "distances"));
  const [first, other] = [kernels.of(0, 1, 0.5).slice(), kernels.of(1, 2, 0.5).slice()];
  kernels.blocks.between(0, 2);
  assert.deepEqual(kernels.of(1, 2, 0.5), other);
  assert.deepEqual(kernels.of(0, 1, 0.5), first);
  assert.notDeepEqual(first, other);
});
