import assert from "node:assert/strict";
import fc from "fast-check";
import { DecisionMax } from "../../src/fusion/decision_max.ts";
import { DecisionMean } from "../../src/fusion/decision_mean.ts";
import { DecisionProduct } from "../../src/fusion/decision_product.ts";
import { DecisionStacking } from "../../src/fusion/decision_stacking.ts";
import { DecisionVote } from "../../src/fusion/decision_vote.ts";
import { DecisionWeighted } from "../../src/fusion/decision_weighted.ts";
import { DECISION_RULES } from "../../src/fusion/registry.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";

const voice = Matrix.fromRows([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]);
const face = Matrix.fromRows([[0.1, 0.3, 0.6], [0.2, 0.5, 0.3]]);

function near(actual: Matrix, rows: number[][]): void {
  const expected = Matrix.fromRows(rows);
  actual.data.forEach((value, i) =>
    assert(Math.abs(value - expected.data[i]) < 1e-6, `${actual.data} is not ${expected.data}`)
  );
}

Deno.test("decision-mean averages the probabilities", () => {
  near(new DecisionMean().combine([voice, face]), [[0.3, 0.3, 0.4], [0.15, 0.65, 0.2]]);
});

Deno.test("decision-product multiplies and makes each row sum to 1", () => {
  near(new DecisionProduct().combine([voice, face]), [
    [0.05 / 0.26, 0.09 / 0.26, 0.12 / 0.26],
    [0.02 / 0.45, 0.4 / 0.45, 0.03 / 0.45],
  ]);
});

Deno.test("decision-product of certainties that exclude each other is uniform", () => {
  const fused = new DecisionProduct().combine([
    Matrix.fromRows([[1, 0]]),
    Matrix.fromRows([[0, 1]]),
  ]);
  near(fused, [[0.5, 0.5]]);
});

Deno.test("decision-max follows the most confident modality", () => {
  near(new DecisionMax().combine([voice, face]), [
    [0.5 / 1.4, 0.3 / 1.4, 0.6 / 1.4],
    [0.2 / 1.3, 0.8 / 1.3, 0.3 / 1.3],
  ]);
});

Deno.test("decision-vote lets the majority win against a confident minority", () => {
  const sure = Matrix.fromRows([[0, 1]]);
  const unsure = Matrix.fromRows([[0.51, 0.49]]);
  const fused = new DecisionVote().combine([sure, unsure, unsure]);
  assert(fused.data[0] > fused.data[1]);
});

Deno.test("decision-vote breaks a tie by the mean probability", () => {
  const fused = new DecisionVote().combine([voice, face]);
  assert.equal(fused.row(0).indexOf(Math.max(...fused.row(0))), 2);
});

Deno.test("every fixed decision rule gives rows that sum to 1", () => {
  const fixed = DECISION_RULES.map((make) => make()).filter(({ learns }) => !learns);
  const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  }).filter((values) => values.some((value) => value > 1e-3)).map((values) => {
    const total = values.reduce((a, b) => a + b, 0);
    return values.map((value) => value / total);
  });
  fc.assert(fc.property(row, row, (a, b) => {
    for (const rule of fixed) {
      const sum = rule.combine([Matrix.fromRows([a]), Matrix.fromRows([b])]).data
        .reduce((x, y) => x + y, 0);
      assert(Math.abs(sum - 1) < 1e-5, `${rule.name}: ${sum}`);
    }
  }));
});

Deno.test("decision rules refuse matrices of different sizes", () => {
  for (const make of DECISION_RULES) {
    const rule = make();
    if (rule.learns) continue;
    assert.throws(() => rule.combine([voice, Matrix.fromRows([[1, 0, 0]])]), RangeError);
  }
});

/** Probabilities of a modality that is right in `share` of the cases. */
function modality(random: Random, labels: Int32Array, share: number): Matrix {
  return Matrix.fromRows(Array.from(labels, (label) => {
    const said = random.next() < share ? label : 1 - label;
    const sure = random.uniform(0.6, 0.9);
    return said === 0 ? [sure, 1 - sure] : [1 - sure, sure];
  }));
}

Deno.test("decision-weighted gives the weights of least log loss", () => {
  const random = new Random(3);
  const labels = Int32Array.from({ length: 200 }, () => random.int(2));
  const good = modality(random, labels, 0.85);
  const poor = modality(random, labels, 0.6);
  const rule = new DecisionWeighted();
  rule.fit([good, poor], labels);
  const loss = (weight: number) =>
    labels.reduce((sum, label, r) =>
      sum - Math.log(
        weight * good.data[r * 2 + label] + (1 - weight) * poor.data[r * 2 + label],
      ), 0);
  const [weight] = rule.weights;
  assert(Math.abs(rule.weights[0] + rule.weights[1] - 1) < 1e-9);
  for (let other = 0; other <= 1; other += 0.01) {
    assert(loss(weight) <= loss(other) + 1e-6, `weight ${weight} loses to ${other}`);
  }
});

Deno.test("decision-weighted refuses to combine before it is fitted", () => {
  assert.throws(() => new DecisionWeighted().combine([voice, face]), RangeError);
});

Deno.test("decision-stacking learns to turn a modality around that is always wrong", () => {
  const random = new Random(4);
  const labels = Int32Array.from({ length: 200 }, () => random.int(2));
  const liar = modality(random, labels, 0.02);
  const noise = modality(random, labels, 0.5);
  const rule = new DecisionStacking();
  rule.fit([liar, noise], labels);
  const fused = rule.combine([liar, noise]);
  const right = labels.reduce(
    (sum, label, r) => sum + (fused.row(r)[label] > 0.5 ? 1 : 0),
    0,
  );
  assert(right > 180, `${right} of 200`);
});
