import assert from "node:assert/strict";
import { relativeError } from "../on_cpu.ts";
import { BUILDS, GuardedKernels, noise } from "./guarded_kernels.ts";

const COLUMNS = [1, 2, 3, 4, 5, 8, 31, 64];
const ROWS = 3;

/** The normal distribution's Phi in double precision: a series near zero, Simpson's rule on the density elsewhere. */
function phi(x: number): number {
  const steps = 2000;
  const density = (t: number) => Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * density(x * i / steps);
  return 0.5 + sum * x / (3 * steps);
}

for (const file of BUILDS) {
  const memory = new GuardedKernels(file);
  const { kernels } = memory;

  Deno.test(`${file}: softmax() holds for large numbers and writes nothing beyond its rows`, () => {
    for (const cols of COLUMNS) {
      // 500 apart: e^x of either is no number that float32 has, or none.
      const x = noise(ROWS * cols, cols).map((value, i) => 5 * value + (i % 4 === 1 ? 500 : 1000));
      const expected = Float64Array.from(x, (value, i) => {
        const row = x.subarray(i - i % cols, i - i % cols + cols);
        const most = Math.max(...row);
        return Math.exp(value - most) / row.reduce((sum, each) => sum + Math.exp(each - most), 0);
      });
      memory.clear();
      const to = memory.place(x.length);
      kernels.softmax(ROWS, cols, memory.place(x), to, 1);
      assert(relativeError(expected, memory.read(to, x.length)) < 1e-6, `${cols} columns`);
    }
  });

  Deno.test(`${file}: gelu() is x Phi(x) within 2e-6 of it from -20 to 20`, () => {
    for (const size of [1, 2, 3, 401]) {
      const x = Float32Array.from({ length: size }, (_, i) => (i - (size >> 1)) / 10);
      memory.clear();
      const to = memory.place(size);
      kernels.gelu(size, memory.place(x), to);
      memory.read(to, size).forEach((value, i) => {
        const error = Math.abs(value - x[i] * phi(x[i]));
        assert(error <= 2e-6 * Math.max(1, Math.abs(x[i])), `${x[i]}: ${value}, off by ${error}`);
      });
    }
  });

  Deno.test(`${file}: geluGradient() is the slope of gelu()`, () => {
    const x = Float32Array.from({ length: 101 }, (_, i) => (i - 50) / 10);
    const dy = noise(101);
    const expected = Float64Array.from(x, (value, i) => {
      const step = 1e-4;
      const [above, below] = [value + step, value - step].map((at) => at * phi(at));
      return dy[i] * (above - below) / (2 * step);
    });
    memory.clear();
    const to = memory.place(101);
    kernels.geluGradient(101, memory.place(x), memory.place(dy), to);
    assert(relativeError(expected, memory.read(to, 101)) < 2e-6);
  });

  Deno.test(`${file}: layerNorm() of rows far from zero keeps its digits`, () => {
    for (const cols of COLUMNS.slice(1)) {
      const x = noise(ROWS * cols, cols).map((value) => Math.fround(100 + value));
      const rows = Array.from({ length: ROWS }, (_, r) => x.subarray(r * cols, (r + 1) * cols));
      const means = rows.map((row) => row.reduce((sum, value) => sum + value, 0) / cols);
      const inverses = rows.map((row, r) =>
        1 / Math.sqrt(row.reduce((sum, value) => sum + (value - means[r]) ** 2, 0) / cols + 1e-5)
      );
      const expected = Float64Array.from(x, (value, i) => {
        const r = Math.floor(i / cols);
        return (value - means[r]) * inverses[r] * 2 + 1;
      });
      memory.clear();
      const [y, mean, inverse] = [ROWS * cols, ROWS, ROWS].map((size) => memory.place(size));
      const [gamma, beta] = [2, 1].map((value) => memory.place(new Float32Array(cols).fill(value)));
      kernels.layerNorm(ROWS, cols, memory.place(x), gamma, beta, y, mean, inverse, 1e-5);
      // Numbers near 100 are known to 4e-6, and so are means; dividing by a deviation lifts that.
      const allowed = 1e-5 * Math.max(...inverses);
      assert(relativeError(expected, memory.read(y, ROWS * cols)) < allowed, `${cols} columns`);
      assert(relativeError(means, memory.read(mean, ROWS)) < 1e-6);
    }
  });

  Deno.test(`${file}: attention() and its gradients write nothing beyond their tensors`, () => {
    for (const [queries, keys, size, heads] of [[1, 1, 1, 1], [5, 7, 3, 2], [99, 13, 8, 2]]) {
      const width = heads * size;
      const [q, k, v] = [noise(queries * width, 1), noise(keys * width, 2), noise(keys * width, 3)];
      const dy = noise(queries * width, 4);
      const sizes = [1, heads, queries, keys, size] as const;
      /** Sum of dy times the result, in double precision. */
      const score = (q: Float64Array, k: Float64Array, v: Float64Array): number => {
        let total = 0;
        for (let h = 0; h < heads; h++) {
          for (let i = 0; i < queries; i++) {
            const at = (row: number, c: number) => row * width + h * size + c;
            const weights = Array.from({ length: keys }, (_, j) => {
              let sum = 0;
              for (let c = 0; c < size; c++) sum += q[at(i, c)] * k[at(j, c)];
              return Math.exp(0.7 * sum);
            });
            const all = weights.reduce((a, b) => a + b);
            for (let j = 0; j < keys; j++) {
              for (let c = 0; c < size; c++) {
                total += dy[at(i, c)] * weights[j] / all * v[at(j, c)];
              }
            }
          }
        }
        return total;
      };
      memory.clear();
      const [qAt, kAt, vAt, dyAt] = [q, k, v, dy].map((data) => memory.place(data));
      const places = [q, q, k, v].map(({ length }) => memory.place(length));
      const scratch = memory.scratch(kernels.attentionScratchBytes(keys, true));
      kernels.attention(...sizes, qAt, kAt, vAt, places[0], 0.7, scratch);
      const [dqAt, dkAt, dvAt] = places.slice(1);
      kernels.attentionGradient(...sizes, qAt, kAt, vAt, dyAt, dqAt, dkAt, dvAt, 0.7, scratch);

      const y = memory.read(places[0], q.length);
      const inputs = [q, k, v].map((data) => Float64Array.from(data));
      const [qs, ks, vs] = inputs;
      const sum = y.reduce((total, value, i) => total + value * dy[i], 0);
      assert(Math.abs(sum - score(qs, ks, vs)) < 1e-4);
      inputs.forEach((input, which) => {
        const gradient = memory.read(places[1 + which], input.length);
        // Finite differences at some of the numbers.
        for (let i = 0; i < input.length; i += 1 + (input.length >> 3)) {
          const value = input[i];
          const [above, below] = [1e-4, -1e-4].map((step) => {
            input[i] = value + step;
            return score(qs, ks, vs);
          });
          input[i] = value;
          const slope = (above - below) / 2e-4;
          assert(Math.abs(slope - gradient[i]) < 1e-4 * Math.max(1, Math.abs(slope)));
        }
      });
    }
  });
}
