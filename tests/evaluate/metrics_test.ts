import assert from "node:assert/strict";
import { accuracy } from "../../src/evaluate/accuracy.ts";
import { confusionMatrix } from "../../src/evaluate/confusion_matrix.ts";
import { uar } from "../../src/evaluate/uar.ts";
import { wilsonInterval } from "../../src/evaluate/wilson_interval.ts";

const TRUTH = Int32Array.of(0, 0, 0, 1, 1, 3);
const GUESS = Int32Array.of(0, 0, 1, 1, 3, 3);

Deno.test("accuracy() is the share of right predictions", () => {
  assert.equal(accuracy(TRUTH, GUESS), 4 / 6);
  assert.equal(accuracy(TRUTH, TRUTH), 1);
});

Deno.test("accuracy() throws for no samples or lengths that differ", () => {
  assert.throws(() => accuracy(new Int32Array(), new Int32Array()), RangeError);
  assert.throws(() => accuracy(TRUTH, GUESS.subarray(1)), /5 predictions for 6 samples/);
});

Deno.test("confusionMatrix() counts true classes in rows and predictions in columns", () => {
  assert.deepEqual(confusionMatrix(TRUTH, GUESS, 4), [
    [2, 1, 0, 0],
    [0, 1, 0, 1],
    [0, 0, 0, 0],
    [0, 0, 0, 1],
  ]);
});

Deno.test("confusionMatrix() throws for a class that is out of range", () => {
  assert.throws(() => confusionMatrix(TRUTH, GUESS, 3), /there are 3/);
  assert.throws(() => confusionMatrix(Int32Array.of(-1), Int32Array.of(0), 3), RangeError);
});

Deno.test("uar() averages recalls over the classes that occur", () => {
  assert(Math.abs(uar(TRUTH, GUESS, 4) - (2 / 3 + 1 / 2 + 1) / 3) < 1e-12);
});

Deno.test("uar() does not count how often a class occurs", () => {
  const truth = Int32Array.from({ length: 100 }, (_, k) => k < 99 ? 0 : 1);
  assert.equal(uar(truth, new Int32Array(100), 2), 0.5);
});

Deno.test("wilsonInterval() gives published values", () => {
  // R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
  const table: [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ];
  for (const [correct, n, low, high] of table) {
    const [actualLow, actualHigh] = wilsonInterval(correct, n);
    assert(Math.abs(actualLow - low) < 5e-5, `${correct}/${n}: ${actualLow}`);
    assert(Math.abs(actualHigh - high) < 5e-5, `${correct}/${n}: ${actualHigh}`);
  }
});

Deno.test("wilsonInterval() is symmetric and stays within 0 to 1", () => {
  for (let n = 1; n <= 40; n++) {
    for (let correct = 0; correct <= n; correct++) {
      const [low, high] = wilsonInterval(correct, n);
      const [mirrorLow, mirrorHigh] = wilsonInterval(n - correct, n);
      assert(0 <= low && low <= correct / n && correct / n <= high && high <= 1);
      assert(Math.abs(low - (1 - mirrorHigh)) < 1e-12 && Math.abs(high - (1 - mirrorLow)) < 1e-12);
    }
  }
  assert.equal(wilsonInterval(7, 7)[1], 1);
  assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
});

Deno.test("wilsonInterval() throws for impossible counts", () => {
  for (const [correct, n] of [[-1, 3], [4, 3], [0.5, 3]]) {
    assert.throws(() => wilsonInterval(correct, n), RangeError);
  }
});
