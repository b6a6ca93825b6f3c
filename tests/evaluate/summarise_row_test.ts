import assert from "node:assert/strict";
import fc from "fast-check";
import { accuracy } from "../../src/evaluate/accuracy.ts";
import { summariseRow } from "../../src/evaluate/summarise_row.ts";
import { uar } from "../../src/evaluate/uar.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertClose } from "./assert_close.ts";
import { type MadePredictions, predictions, reorder } from "./predictions.ts";

const OPTIONS = { resamples: 100, seed: 3 };

function summarise(made: MadePredictions) {
  const { truth, predicted, probabilities, nClasses, clusters } = made;
  return summariseRow(truth, predicted, probabilities, nClasses, clusters, OPTIONS);
}

Deno.test("summariseRow() does not depend on the order of the samples", () => {
  fc.assert(fc.property(predictions, fc.integer(), (made, seed) => {
    const order = new Random(seed).permutation(made.truth.length);
    const [row, same] = [summarise(made), summarise(reorder(made, order))];
    // Sums of probabilities are rounded in another order; all else is counted.
    assertClose(same.logLoss, row.logLoss, "log loss");
    assertClose(same.ece, row.ece, "ECE");
    assert.deepEqual({ ...same, logLoss: 0, ece: 0 }, { ...row, logLoss: 0, ece: 0 });
  }));
});

Deno.test("summariseRow() does not depend on the numbering of the classes", () => {
  fc.assert(fc.property(predictions, fc.integer(), (made, seed) => {
    const { nClasses } = made;
    const order = new Random(seed).permutation(nClasses);
    const renamed = made.probabilities.map((_, at) => {
      const k = Math.floor(at / nClasses);
      return made.probabilities[k * nClasses + order.indexOf(at % nClasses)];
    });
    const row = summarise(made);
    const same = summarise({
      ...made,
      truth: made.truth.map((c) => order[c]),
      predicted: made.predicted.map((c) => order[c]),
      probabilities: renamed,
    });
    for (const name of ["accuracy", "uar", "macroF1", "logLoss", "auc"] as const) {
      assertClose(same[name], row[name], name);
    }
    assertClose(same.uarCi95 && [...same.uarCi95], row.uarCi95 && [...row.uarCi95], "interval");
    row.perClass.forEach((scores, c) => assert.deepEqual(same.perClass[order[c]], scores));
  }));
});

Deno.test("summariseRow() agrees with accuracy() and uar(), and stays within bounds", () => {
  fc.assert(fc.property(predictions, (made) => {
    const row = summarise(made);
    assert.equal(row.accuracy, accuracy(made.truth, made.predicted));
    assert.equal(row.uar, uar(made.truth, made.predicted, made.nClasses));
    for (const name of ["accuracy", "uar", "macroF1", "ece", "auc"] as const) {
      const value = row[name];
      assert(value === null || value >= 0 && value <= 1, `${name} ${value}`);
    }
    for (const interval of [row.ci95, row.clusteredCi95, row.uarCi95, row.macroF1Ci95]) {
      assert(interval === null || 0 <= interval[0] && interval[0] <= interval[1]);
      assert(interval === null || interval[1] <= 1);
    }
    assert.equal(row.uarCi95 === null, new Set(made.clusters).size === 1);
  }));
});

Deno.test("summariseRow() tells what it brings to keep what a row is sure of", () => {
  // Sure and right, sure and wrong, unsure and right twice.
  const sure = [0.9, 0.8, 0.6, 0.55].flatMap((p) => [p, 1 - p]);
  const row = summariseRow(
    Int32Array.of(0, 1, 0, 0),
    new Int32Array(4),
    Float32Array.from(sure),
    2,
    ["a", "b", "c", "d"],
  );
  assert.equal(row.surestHalf, 0.5);
  assert.ok(Math.abs(row.aurc! - (0 + 1 / 2 + 1 / 3 + 1 / 4) / 4) < 1e-12);
});

Deno.test("summariseRow() of a perfect model scores one, and keeps a Wilson interval", () => {
  const truth = Int32Array.of(0, 1, 2, 0, 1, 2, 0);
  const probabilities = Float32Array.from(
    [...truth].flatMap((t) => [0, 1, 2].map((c) => Number(c === t))),
  );
  const row = summariseRow(truth, truth, probabilities, 3, ["a", "a", "a", "b", "b", "b", "b"]);
  assert.deepEqual([row.accuracy, row.uar, row.macroF1, row.auc, row.ece], [1, 1, 1, 1, 0]);
  assert(row.logLoss < 2e-7);
  assert.deepEqual(row.uarCi95, [1, 1]);
  assert.equal(row.ci95[0].toFixed(3), "0.646");
});

Deno.test("summariseRow() names the classes that the AUC leaves out", () => {
  const truth = Int32Array.of(0, 2, 0, 2);
  const row = summariseRow(truth, truth, new Float32Array(16).fill(0.25), 4, ["a", "a", "b", "b"]);
  assert.deepEqual(row.aucLeftOut, [1, 3]);
  assert.deepEqual(row.perClass.map(({ auc }) => auc), [0.5, null, 0.5, null]);
  assert.equal(row.auc, 0.5);
});

Deno.test("summariseRow() gives intervals over clusters that are wider than over samples", () => {
  // Six speakers of twenty clips: three are always recognised, three never.
  const speaker = Array.from({ length: 120 }, (_, k) => Math.floor(k / 20));
  const truth = Int32Array.from(speaker, (_, k) => k % 2);
  const predicted = truth.map((t, k) => speaker[k] < 3 ? t : 1 - t);
  const even = new Float32Array(240).fill(0.5);
  const width = (clusters: string[]) => {
    const interval = summariseRow(truth, predicted, even, 2, clusters).uarCi95!;
    return interval[1] - interval[0];
  };
  assert(width(speaker.map(String)) > 3 * width(speaker.map((_, k) => String(k))));
});

Deno.test("summariseRow() counts a sample once in the Wilson interval, however often it is tested", () => {
  const truth = Int32Array.of(0, 1, 0, 1, 0), predicted = Int32Array.of(0, 1, 0, 1, 1);
  const probabilities = new Float32Array(10).fill(0.5);
  const clusters = ["a", "a", "b", "b", "c"], samples = ["1", "2", "3", "4", "5"];
  const once = summariseRow(truth, predicted, probabilities, 2, clusters);
  const thrice = summariseRow(
    Int32Array.from([...truth, ...truth, ...truth]),
    Int32Array.from([...predicted, ...predicted, ...predicted]),
    new Float32Array(30).fill(0.5),
    2,
    [...clusters, ...clusters, ...clusters],
    { samples: [...samples, ...samples, ...samples] },
  );
  assert.equal(thrice.n, 15);
  assert.deepEqual(thrice.ci95, once.ci95);
  assert.deepEqual(thrice.uarCi95, once.uarCi95);
});

Deno.test("summariseRow() throws for what does not fit together, and names the sample", () => {
  const two = Int32Array.of(0, 1), ab = ["a", "b"];
  const even = new Float32Array(4).fill(0.5);
  const run = (probabilities: Float32Array, clusters = ab, predicted = two) => () =>
    summariseRow(two, predicted, probabilities, 2, clusters);
  assert.throws(run(even.subarray(1)), /need 4 probabilities, got 3/);
  assert.throws(run(Float32Array.of(0.5, 0.5, NaN, 0.5)), /sample 1: NaN is not a probability/);
  assert.throws(run(Float32Array.of(0.5, 0.5, -0.5, 1)), /sample 1: -0.5 is not a probability/);
  assert.throws(run(Float32Array.of(0.5, 0.25, 0.5, 0.5)), /sample 0: .* add up to 0.75/);
  assert.throws(run(even, ["a"]), /1 clusters named for 2 samples/);
  assert.throws(run(even, ab, Int32Array.of(0, 2)), /class 1 taken for 2/);
  assert.throws(run(even, ab, Int32Array.of(0)), /1 predictions for 2 samples/);
  assert.throws(
    () => summariseRow(two, two, even, 2, ab, { samples: ["x"] }),
    /1 samples named for 2 predictions/,
  );
  assert.throws(() => summariseRow(two, two, even, 2, ab, { resamples: 0 }), /0 resamples/);
  const none = new Int32Array();
  assert.throws(() => summariseRow(none, none, new Float32Array(), 2, []), /no samples/);
});
