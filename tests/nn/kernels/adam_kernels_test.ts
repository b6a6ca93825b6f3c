import assert from "node:assert/strict";
import { relativeError } from "../on_cpu.ts";
import { BUILDS, GuardedKernels, noise } from "./guarded_kernels.ts";

const RATES = [1e-2, 0.1, 0.001, 1e-7] as const;

/** One step by the definition, in double precision: the new weights and moments. */
function naiveAdam(w: Float32Array, g: ArrayLike<number>, m: Float32Array, v: Float32Array) {
  const [alpha, rate1, rate2, epsilon] = RATES;
  const m1 = Float64Array.from(m, (value, i) => value + (g[i] - value) * rate1);
  const v1 = Float64Array.from(v, (value, i) => value + (g[i] ** 2 - value) * rate2);
  return [
    Float64Array.from(w, (value, i) => value - alpha * m1[i] / (Math.sqrt(v1[i]) + epsilon)),
    m1,
    v1,
  ];
}

for (const file of BUILDS) {
  const memory = new GuardedKernels(file);
  const { kernels } = memory;

  Deno.test(`${file}: adam() steps over any number of weights, to another place or in place`, () => {
    for (let n = 1; n <= 64; n++) {
      const [w, g, m] = [noise(n), noise(n, 1), noise(n, 2)];
      const v = noise(n, 3).map((value) => value ** 2);
      memory.clear();
      const [wAt, gAt, mAt, vAt] = [w, g, m, v].map((data) => memory.place(data));
      const to = n % 2 ? memory.place(n) : wAt;
      kernels.adam(n, wAt, gAt, mAt, vAt, to, ...RATES);
      naiveAdam(w, g, m, v).forEach((expected, i) => {
        assert(relativeError(expected, memory.read([to, mAt, vAt][i], n)) < 1e-6);
      });
      assert.deepEqual(memory.read(gAt, n), g);
    }
  });

  Deno.test(`${file}: denseAdam() is adam() on the product of the gradient's factors`, () => {
    // 84 shapes: rows beyond a block and a panel, columns beyond a panel, batches beyond a tile.
    for (const rows of [1, 3, 4, 7, 64, 65, 130]) {
      for (const [i, cols] of [1, 5, 8, 9, 16, 21].entries()) {
        for (const batch of [1 + i % 5, 8 + 15 * (i % 3)]) {
          const size = rows * cols;
          const [w, m] = [noise(size), noise(size, 1)];
          const v = noise(size, 2).map((value) => value ** 2);
          const [x, dy] = [noise(batch * rows, 3), noise(batch * cols, 4)];
          const g = w.map((_, at) => {
            const [row, col] = [Math.floor(at / cols), at % cols];
            let sum = 0;
            for (let n = 0; n < batch; n++) sum += x[n * rows + row] * dy[n * cols + col];
            return sum;
          });
          memory.clear();
          const [xAt, dyAt, wAt, mAt, vAt] = [x, dy, w, m, v].map((data) => memory.place(data));
          const to = i % 2 ? memory.place(size) : wAt;
          const scratch = memory.scratch(kernels.denseAdamScratchBytes(cols, batch));
          kernels.denseAdam(
            ...[rows, cols, batch, xAt, dyAt, wAt, mAt, vAt, to] as const,
            ...RATES,
            scratch,
          );
          naiveAdam(w, g, m, v).forEach((expected, output) => {
            const error = relativeError(expected, memory.read([to, mAt, vAt][output], size));
            assert(error < 1e-5, `${rows} x ${cols}, ${batch} rows: ${error}`);
          });
        }
      }
    }
  });
}
