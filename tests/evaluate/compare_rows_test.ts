import assert from "node:assert/strict";
import fc from "fast-check";
import { compareRows } from "../../src/evaluate/compare_rows.ts";
import { COUNT_STATISTICS } from "../../src/evaluate/count_statistics.ts";
import { holm } from "../../src/evaluate/holm.ts";
import { pairedBootstrap } from "../../src/evaluate/paired_bootstrap.ts";
import { pairedDifference } from "../../src/evaluate/paired_difference.ts";
import { predictions } from "./predictions.ts";

const CLUSTERS = ["ann", "ann", "bob", "bob", "eve", "eve", "joe", "joe"];
const TRUTH = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 1);
const HALF = Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0);
const MOST = Int32Array.of(0, 1, 0, 1, 0, 1, 0, 0);
const OPTIONS = { resamples: 200, seed: 1 };

Deno.test("compareRows() compares each row with that of the highest UAR", () => {
  const rows = [{ predicted: HALF }, { predicted: MOST }, { predicted: HALF }];
  const [first, best, last] = compareRows(TRUTH, rows, 2, CLUSTERS, OPTIONS);
  assert.equal(best, undefined);
  assert.deepEqual(first, last);
  assert.equal(first?.with, 1);
  assert.equal(first.difference, -0.375);
  assert.equal(first.mcnemarP, 2 / 8);
  assert.equal(first.holmP, 4 / 8);
});

Deno.test("compareRows() takes the more accurate of equals, then the first", () => {
  // UAR is 0.75 in both, accuracy 7/8 in the second.
  const truth = Int32Array.of(0, 0, 0, 0, 0, 0, 1, 1);
  const rows = [Int32Array.of(1, 1, 1, 0, 0, 0, 1, 1), Int32Array.of(0, 0, 0, 0, 0, 0, 1, 0)]
    .map((predicted) => ({ predicted }));
  const bestOf = (list: typeof rows) =>
    compareRows(truth, list, 2, CLUSTERS, OPTIONS).findIndex((row) => row === undefined);
  assert.equal(bestOf(rows), 1);
  assert.equal(bestOf([rows[1], rows[0], rows[1]]), 0);
});

Deno.test("compareRows() never takes a baseline for the best, and keeps places of rows left out", () => {
  const rows = [undefined, { predicted: TRUTH, baseline: true }, { predicted: HALF }];
  const [chance, baseline, model] = compareRows(TRUTH, rows, 2, CLUSTERS, OPTIONS);
  assert.deepEqual([chance, model], [undefined, undefined]);
  assert.equal(baseline?.with, 2);
  assert.equal(baseline.difference, 0.5);
  assert.deepEqual(compareRows(TRUTH, rows.slice(0, 2), 2, CLUSTERS), [undefined, undefined]);
});

Deno.test("compareRows() finds no difference between equal predictions", () => {
  const rows = [{ predicted: MOST }, { predicted: MOST }];
  const [, second] = compareRows(TRUTH, rows, 2, CLUSTERS, OPTIONS);
  assert.deepEqual(second, {
    with: 0,
    difference: 0,
    differenceCi95: [0, 0],
    bootstrapP: 1,
    holmBootstrapP: 1,
    mcnemarP: 1,
    holmP: 1,
  });
});

Deno.test("compareRows() leaves the bootstrap out where there is one cluster", () => {
  const rows = [{ predicted: MOST }, { predicted: HALF }];
  const [, second] = compareRows(TRUTH, rows, 2, Array(8).fill("ann"), OPTIONS);
  assert.deepEqual(
    [second?.differenceCi95, second?.bootstrapP, second?.holmBootstrapP],
    [null, null, null],
  );
  assert.equal(second?.mcnemarP, 0.25);
});

Deno.test("compareRows() counts a sample once in McNemar's test, however often it is tested", () => {
  const twice = (values: Int32Array) => Int32Array.from([...values, ...values]);
  const ids = Array.from({ length: 16 }, (_, k) => `sample ${k % 8}`);
  const compare = (samples?: string[]) =>
    compareRows(
      twice(TRUTH),
      [{ predicted: twice(MOST) }, { predicted: twice(HALF) }],
      2,
      [...CLUSTERS, ...CLUSTERS],
      { ...OPTIONS, samples },
    )[1]!;
  assert.equal(compare(ids).mcnemarP, 2 / 8);
  assert.equal(compare().mcnemarP, 2 / 64);
});

Deno.test("compareRows() throws where predictions and samples do not fit", () => {
  const short = [{ predicted: MOST.subarray(1) }];
  assert.throws(() => compareRows(TRUTH, short, 2, CLUSTERS), /7 predictions for 8 samples/);
  const rows = [{ predicted: MOST }];
  assert.throws(() => compareRows(TRUTH, rows, 2, ["ann"]), /1 clusters named for 8/);
  assert.throws(() => compareRows(TRUTH, rows, 2, CLUSTERS, { samples: ["x"] }), /of 1 named/);
});

Deno.test("pairedBootstrap() changes sign with the order of the models, and its p does not", () => {
  fc.assert(fc.property(predictions, ({ truth, predicted, other, nClasses, clusters }) => {
    const compare = (a: Int32Array, b: Int32Array) =>
      pairedBootstrap(truth, a, b, nClasses, clusters, COUNT_STATISTICS.uar, OPTIONS);
    const [one, two] = [compare(predicted, other), compare(other, predicted)];
    // Adding 0 makes of -0, which deepEqual tells from 0, a plain 0.
    assert.equal(one.difference + 0, -two.difference + 0);
    assert.equal(one.p, two.p);
    if (one.ci95 !== null && two.ci95 !== null) {
      assert(Math.abs(one.ci95[0] + two.ci95[1]) < 1e-12);
      assert(Math.abs(one.ci95[1] + two.ci95[0]) < 1e-12);
    }
  }));
});

Deno.test("pairedBootstrap() finds a difference that all speakers share, and none that few do", () => {
  // Twelve speakers of ten clips; the second model misses `missed` of each speaker's clips.
  const speakers = Array.from({ length: 120 }, (_, k) => `speaker ${Math.floor(k / 10)}`);
  const truth = Int32Array.from(speakers, (_, k) => k % 2);
  const compare = (isMissed: (k: number) => boolean) =>
    pairedBootstrap(
      truth,
      truth,
      truth.map((t, k) => isMissed(k) ? 1 - t : t),
      2,
      speakers,
      COUNT_STATISTICS.accuracy,
    );
  // One clip in ten is missed either way: one of each speaker's, or all of one speaker and two of another.
  const shared = compare((k) => k % 10 === 3), single = compare((k) => k < 12);
  assert.equal(shared.difference, single.difference);
  assert(shared.p! < 0.01, `p ${shared.p}`);
  assert(single.p! > 0.1, `p ${single.p}`);
  assert.equal(single.ci95?.[0], 0);
});

Deno.test("pairedDifference() does not take rounding for a difference", () => {
  const [sum, same] = [0.1 + 0.2, 0.3].map((value) => new Float64Array(9).fill(value));
  assert(sum[0] !== same[0]);
  assert.deepEqual(pairedDifference(sum[0] - same[0], sum, same, 2), {
    difference: 0,
    ci95: [0, 0],
    p: 1,
  });
});

Deno.test("holm() keeps the order of p-values, lowers none, and stays below Bonferroni", () => {
  const shares = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(fc.array(shares, { maxLength: 30 }), (ps) => {
    const adjusted = holm(ps);
    assert.equal(adjusted.length, ps.length);
    ps.forEach((p, i) => {
      assert(adjusted[i] >= p && adjusted[i] <= Math.min(1, p * ps.length));
      ps.forEach((q, j) => assert(p > q || adjusted[i] <= adjusted[j]));
    });
  }));
  assert.throws(() => holm([0.5, 1.5]), /1.5 is not a p-value/);
  assert.throws(() => holm([NaN]), /NaN is not a p-value/);
});
