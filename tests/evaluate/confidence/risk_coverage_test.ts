import assert from "node:assert/strict";
import { riskCoverage } from "../../../src/evaluate/confidence/risk_coverage.ts";
import { Random } from "../../../src/numeric/random.ts";

Deno.test("the area is that of the definition, the mean of selective risks", () => {
  const random = new Random(3);
  const n = 101;
  const confidence = Array.from({ length: n }, () => random.next());
  const right = confidence.map((c) => random.next() < c);
  const { points, area, surestHalf } = riskCoverage(confidence, right);
  const risks = points.map(({ coverage }) => {
    const k = Math.round(coverage * n);
    const threshold = confidence.toSorted((a, b) => b - a)[k - 1];
    const kept = right.filter((_, i) => confidence[i] >= threshold);
    assert.equal(kept.length, k);
    return kept.filter((isRight) => !isRight).length / k;
  });
  points.forEach(({ risk }, i) => assert.ok(Math.abs(risk - risks[i]) < 1e-12));
  assert.ok(Math.abs(area - risks.reduce((a, b) => a + b) / n) < 1e-12);
  assert.equal(surestHalf, 1 - risks[50]);
});

Deno.test("a perfect order has the area of the closed form, and none that of the share of errors", () => {
  const n = 2000, wrong = 500;
  const right = Array.from({ length: n }, (_, i) => i < n - wrong);
  const perfect = riskCoverage(right.map((_, i) => -i), right);
  // Geifman et al. 2019: r + (1 - r) ln(1 - r), as n grows.
  const r = wrong / n;
  assert.ok(Math.abs(perfect.area - (r + (1 - r) * Math.log(1 - r))) < 1e-3);
  assert.equal(perfect.surestHalf, 1);
  const none = riskCoverage(new Float64Array(n), right);
  assert.ok(Math.abs(none.area - r) < 1e-12);
  assert.equal(none.surestHalf, 1 - r);
});

Deno.test("equal confidences count as the mean over their orders, in whatever order they come", () => {
  const confidence = [1, 0.5, 0.5, 0.5, 0];
  const right = [true, false, true, true, false];
  const orders = [[1, 2, 3], [2, 1, 3], [2, 3, 1]];
  const mean = orders.map((order) => {
    const ranked = [1, 0.9, 0.8, 0.7, 0];
    return riskCoverage(ranked, [right[0], ...order.map((i) => right[i]), right[4]]).area;
  }).reduce((a, b) => a + b) / 3;
  assert.ok(Math.abs(riskCoverage(confidence, right).area - mean) < 1e-12);
  const turned = riskCoverage(confidence.toReversed(), right.toReversed());
  assert.deepEqual(turned, riskCoverage(confidence, right));
});

Deno.test("riskCoverage() says what is wrong with its input", () => {
  assert.throws(() => riskCoverage([], []), /no predictions/);
  assert.throws(() => riskCoverage([1], []), /1 confidences for 0/);
  assert.throws(() => riskCoverage([1, NaN], [true, true]), /prediction 1/);
});
