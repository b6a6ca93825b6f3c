import assert from "node:assert/strict";
import { relativeError } from "../on_cpu.ts";
import { BUILDS, GuardedKernels, noise } from "./guarded_kernels.ts";

/** 72 sizes: rows of one block, of blocks and a rest; columns with and without a rest. */
const SIZES = [1, 2, 5, 8, 127, 128, 129, 300].flatMap((rows) =>
  [1, 3, 4, 5, 8, 13, 16, 31, 64].map((cols) => [rows, cols] as const)
);
const EPSILON = 1e-3;

/** Sums of the columns of what `value` gives, in double precision. */
function sums(rows: number, cols: number, value: (at: number) => number): Float64Array {
  const result = new Float64Array(cols);
  for (let at = 0; at < rows * cols; at++) result[at % cols] += value(at);
  return result;
}

for (const file of BUILDS) {
  const memory = new GuardedKernels(file);
  const { kernels } = memory;

  Deno.test(`${file}: columnSums() sums the columns of any matrix`, () => {
    for (const [rows, cols] of SIZES) {
      const x = noise(rows * cols);
      memory.clear();
      const to = memory.place(cols);
      kernels.columnSums(rows, cols, memory.place(x), to, memory.place(cols));
      const error = relativeError(sums(rows, cols, (at) => x[at]), memory.read(to, cols));
      assert(error < 1e-5, `${rows} x ${cols}: ${error}`);
    }
  });

  Deno.test(`${file}: columnSums() of many rows does not lose digits`, () => {
    memory.clear();
    const to = memory.place(4);
    const x = new Float32Array(4 * 200000).fill(0.1);
    kernels.columnSums(200000, 4, memory.place(x), to, memory.place(4));
    // One running sum is off by 1e-3 here.
    assert(relativeError([20000, 20000, 20000, 20000], memory.read(to, 4)) < 1e-5);
  });

  Deno.test(`${file}: batchNorm() and its gradient agree with their definition`, () => {
    for (const [rows, cols] of SIZES) {
      const [x, dy] = [noise(rows * cols).map((value) => 2 * value + 0.5), noise(rows * cols, 1)];
      const [gamma, beta] = [noise(cols, 2), noise(cols, 3)];
      const mean = sums(rows, cols, (at) => x[at] / rows);
      const variance = sums(rows, cols, (at) => (x[at] - mean[at % cols]) ** 2 / rows);
      const inverse = variance.map((value) => 1 / Math.sqrt(value + EPSILON));
      const unit = Float64Array.from(
        x,
        (value, at) => (value - mean[at % cols]) * inverse[at % cols],
      );
      const dGamma = sums(rows, cols, (at) => dy[at] * unit[at]);
      const dBeta = sums(rows, cols, (at) => dy[at]);
      const y = unit.map((value, at) => value * gamma[at % cols] + beta[at % cols]);
      const dx = unit.map((value, at) => {
        const c = at % cols;
        return gamma[c] * inverse[c] * (dy[at] - (value * dGamma[c] + dBeta[c]) / rows);
      });

      memory.clear();
      const inputs = [x, dy, gamma, beta].map((data) => memory.place(data));
      const outputs = [y, mean, variance, inverse, dx, dGamma, dBeta];
      const places = outputs.map(({ length }) => memory.place(length));
      const scratch = memory.place(cols);
      const [xAt, dyAt, gammaAt, betaAt] = inputs;
      const [yAt, meanAt, varianceAt, inverseAt, dxAt, dGammaAt, dBetaAt] = places;
      kernels.batchNorm(
        rows,
        cols,
        ...[xAt, gammaAt, betaAt, yAt, meanAt, varianceAt, inverseAt] as const,
        EPSILON,
        scratch,
      );
      kernels.batchNormGradient(
        rows,
        cols,
        ...[xAt, dyAt, gammaAt, meanAt, inverseAt, dxAt, dGammaAt, dBetaAt, scratch] as const,
      );
      outputs.forEach((expected, i) => {
        const actual = memory.read(places[i], expected.length);
        const worst = expected.reduce(
          (most, value, at) => Math.max(most, Math.abs(value - actual[at])),
          0,
        );
        // Dividing by a deviation lifts rounding errors as it lifts what is left of one or two rows.
        const scale = Math.max(1, ...inverse, ...expected.map(Math.abs));
        assert(worst < 1e-5 * scale, `${rows} x ${cols}, output ${i}: ${worst}`);
      });
    }
  });
}
