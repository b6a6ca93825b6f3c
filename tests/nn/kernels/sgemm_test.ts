import assert from "node:assert/strict";
import type { KernelExports } from "../../../src/nn/kernels/module.ts";
import { relativeError, values } from "../on_cpu.ts";

const A = 1 << 20;
const B = 2 << 20;
const C = 3 << 20;
const SCRATCH = 4 << 20;

/** A build of the kernels on a memory of its own. */
async function load(file: string): Promise<{ kernels: KernelExports; memory: WebAssembly.Memory }> {
  const memory = new WebAssembly.Memory({ initial: 80 });
  const bytes = Deno.readFileSync(new URL(`../../../build/${file}`, import.meta.url));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { kernels: instance.exports as unknown as KernelExports, memory };
}

interface Product {
  m: number;
  n: number;
  k: number;
  /** Strides of rows and columns. */
  a: [number, number];
  b: [number, number];
  cRow: number;
  accumulate: boolean;
}

/** Result of the kernel and of three plain loops, for the whole region that C spans. */
async function both(file: string, product: Product): Promise<[Float32Array, Float64Array]> {
  const { m, n, k, a: [aRow, aCol], b: [bRow, bCol], cRow, accumulate } = product;
  const { kernels, memory } = await load(file);
  const a = values(m * aRow + k * aCol);
  const b = values(k * bRow + n * bCol, 1);
  const c = values((m - 1) * cRow + n + 4, 2); // and four numbers that must stay as they are
  new Float32Array(memory.buffer, A, a.length).set(a);
  new Float32Array(memory.buffer, B, b.length).set(b);
  new Float32Array(memory.buffer, C, c.length).set(c);
  kernels.sgemm(m, n, k, A, aRow, aCol, B, bRow, bCol, C, cRow, accumulate, SCRATCH);
  const expected = Float64Array.from(c);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = accumulate ? expected[i * cRow + j] : 0;
      for (let p = 0; p < k; p++) sum += a[i * aRow + p * aCol] * b[p * bRow + j * bCol];
      expected[i * cRow + j] = sum;
    }
  }
  return [new Float32Array(memory.buffer, C, c.length).slice(), expected];
}

/** 108 products: every rest of tiles, panels and blocks, few rows, few columns, each operand as it is and transposed. */
function products(): Product[] {
  const sizes = [1, 3, 4, 7, 8, 9, 65, 97, 260];
  return sizes.flatMap((m, i) =>
    [2, 5, 7].flatMap((step, j) => {
      const [n, k] = [sizes[(i + step) % 9], sizes[(2 * i + step) % 9]];
      return [0, 1, 2, 3].map((transposed): Product => ({
        ...{ m, n, k, cRow: n + j, accumulate: (i + j + transposed) % 2 === 0 },
        a: transposed & 1 ? [1, m + 1] : [k, 1],
        b: transposed & 2 ? [1, k] : [n + 2, 1],
      }));
    })
  );
}

for (const file of ["kernels.wasm", "kernels.relaxed.wasm"]) {
  Deno.test(`sgemm() of ${file} is the matrix product for any remainder of its blocks`, async () => {
    for (const product of products()) {
      const [actual, expected] = await both(file, product);
      assert(relativeError(expected, actual) < 1e-5, JSON.stringify(product));
    }
  });

  Deno.test(`sgemm() of ${file} is the matrix product for any sizes and strides`, async () => {
    const products: Product[] = [
      { m: 6, n: 8, k: 3, a: [3, 1], b: [8, 1], cRow: 8, accumulate: false },
      { m: 13, n: 17, k: 300, a: [300, 1], b: [17, 1], cRow: 20, accumulate: true },
      { m: 101, n: 270, k: 9, a: [1, 101], b: [1, 9], cRow: 270, accumulate: false },
      { m: 5, n: 260, k: 257, a: [257, 1], b: [1, 257], cRow: 260, accumulate: true },
      { m: 200, n: 3, k: 31, a: [31, 1], b: [3, 1], cRow: 5, accumulate: false },
      { m: 1, n: 50, k: 7, a: [7, 1], b: [50, 1], cRow: 50, accumulate: false },
      { m: 9, n: 9, k: 4, a: [2, 18], b: [27, 3], cRow: 9, accumulate: false },
    ];
    for (const product of products) {
      const [actual, expected] = await both(file, product);
      assert(relativeError(expected, actual) < 1e-5, JSON.stringify(product));
    }
  });

  Deno.test(`sgemm() of ${file} adds to overlapping rows one after the other`, async () => {
    for (const [m, n] of [[20, 9], [5, 15], [50, 96]]) {
      const product: Product = { m, n, k: 11, a: [11, 1], b: [n, 1], cRow: 3, accumulate: true };
      const [actual, expected] = await both(file, product);
      assert(relativeError(expected, actual) < 1e-5, JSON.stringify(product));
    }
  });
}
