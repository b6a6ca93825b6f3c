import assert from "node:assert/strict";
import { fitTemperature } from "../../../src/evaluate/confidence/fit_temperature.ts";
import { temper } from "../../../src/evaluate/confidence/temper.ts";
import { expectedCalibrationError } from "../../../src/evaluate/expected_calibration_error.ts";
import { Random } from "../../../src/numeric/random.ts";

Deno.test("temper() is the softmax of logarithms over the temperature", () => {
  const given = Float32Array.of(0.7, 0.2, 0.1, 0.05, 0.05, 0.9);
  for (const temperature of [0.3, 1, 2.5]) {
    const out = temper(given, 3, temperature);
    for (const from of [0, 3]) {
      const powers = Array.from(
        given.subarray(from, from + 3),
        (p) => Math.exp(Math.log(p) / temperature),
      );
      const sum = powers.reduce((a, b) => a + b);
      powers.forEach((power, c) => assert.ok(Math.abs(out[from + c] - power / sum) < 1e-6));
    }
  }
});

Deno.test("temper() keeps what is certain, impossible, or equal", () => {
  assert.deepEqual([...temper(Float32Array.of(1, 0), 2, 7)], [1, 0]);
  assert.deepEqual([...temper(Float32Array.of(0.5, 0.5), 2, 0.05)], [0.5, 0.5]);
  // A power of either alone is 0.
  assert.deepEqual([...temper(Float32Array.of(1e-30, 1e-30), 2, 0.05)], [0.5, 0.5]);
  for (const wrong of [0, -1, NaN, Infinity]) {
    assert.throws(() => temper(Float32Array.of(1), 1, wrong), /above 0/);
  }
  assert.throws(() => temper(new Float32Array(3), 2, 1), /no rows of 2/);
});

/** Samples whose classes are drawn by their probabilities, which are then told at another temperature. */
function drawn(n: number, temperature: number) {
  const random = new Random(7);
  const honest = new Float32Array(n * 4);
  const truth = new Int32Array(n);
  for (let k = 0; k < n; k++) {
    const row = honest.subarray(4 * k, 4 * k + 4);
    row.forEach((_, c) => row[c] = Math.exp(1.5 * random.normal()));
    const sum = row.reduce((a, b) => a + b);
    row.forEach((value, c) => row[c] = value / sum);
    let left = random.next();
    truth[k] = Math.max(0, row.findIndex((p) => (left -= p) < 0));
  }
  return { truth, told: temper(honest, 4, 1 / temperature) };
}

Deno.test("fitTemperature() finds the temperature at which samples were drawn", () => {
  for (const temperature of [0.5, 1, 3]) {
    const { truth, told } = drawn(6000, temperature);
    const found = fitTemperature(truth, told, 4);
    assert.ok(Math.abs(found / temperature - 1) < 0.06, `${found} for ${temperature}`);
    const error = (p: Float32Array) => expectedCalibrationError(truth, p, 4);
    assert.ok(error(temper(told, 4, found)) < 0.025);
    if (temperature !== 1) assert.ok(error(told) > 0.08);
  }
});

Deno.test("fitTemperature() is the least of its cost", () => {
  const { truth, told } = drawn(200, 2);
  const n = truth.length;
  const cost = (temperature: number) => {
    const p = temper(told, 4, temperature);
    return p.reduce((sum, value, i) => {
      const right = i % 4 === truth[Math.floor(i / 4)];
      return sum - (right ? (n + 1) / (n + 2) : 1 / (n + 2) / 3) * Math.log(value);
    }, 0);
  };
  const found = fitTemperature(truth, told, 4);
  for (const factor of [0.5, 0.95, 1.05, 2]) assert.ok(cost(found) < cost(found * factor));
});

Deno.test("a few samples that are all right do not make a model certain, nor wrong ones break it", () => {
  const told = Float32Array.from({ length: 16 }, (_, i) => i % 2 === 0 ? 0.6 : 0.4);
  const right = fitTemperature(new Int32Array(8), told, 2);
  const [confidence] = temper(told, 2, right);
  assert.ok(Math.abs(confidence - 9 / 10) < 1e-4, `${confidence}`);
  assert.equal(fitTemperature(new Int32Array(8).fill(1), told, 2), 20);
  // What single precision can't tell from certain.
  const certain = Float32Array.of(1, 0, 1, 0, 1, 0);
  const some = fitTemperature(Int32Array.of(0, 0, 1), certain, 2);
  assert.ok(some > 1 && some <= 20);
  assert.throws(() => fitTemperature(Int32Array.of(2), Float32Array.of(1, 0), 2), /class 2/);
});
