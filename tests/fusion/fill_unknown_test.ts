import assert from "node:assert/strict";
import { DecisionMean } from "../../src/fusion/decision_mean.ts";
import { fillUnknown } from "../../src/fusion/fill_unknown.ts";
import { Matrix } from "../../src/numeric/matrix.ts";

const face = { probabilities: Matrix.fromRows([[0.1, 0.6, 0.3]]), known: [0, 1, 2] };
const close = (actual: ArrayLike<number>, expected: readonly number[]) =>
  expected.forEach((value, i) => assert(Math.abs(actual[i] - value) < 1e-6, `${actual[i]}`));

Deno.test("fillUnknown() leaves opinions on all classes as they are, to the bit", () => {
  const other = { probabilities: Matrix.fromRows([[0.7, 0.2, 0.1]]), known: [0, 1, 2] };
  assert.deepEqual(fillUnknown([face, other], 3), [face.probabilities, other.probabilities]);
});

Deno.test("the mean has the knowing model's own probability of what the other does not know", () => {
  for (const angry of [0, 0.5, 1]) {
    const voice = { probabilities: Matrix.fromRows([[angry, 1 - angry]]), known: [0, 2] };
    const fused = new DecisionMean().combine(fillUnknown([voice, face], 3));
    close([fused.data[1]], [0.6]);
  }
});

Deno.test("fillUnknown() takes the mean of all that know, and classes in a model's own order", () => {
  const voice = { probabilities: Matrix.fromRows([[0.75, 0.25]]), known: [2, 0] };
  const words = { probabilities: Matrix.fromRows([[0.5, 0.2, 0.3]]), known: [0, 1, 2] };
  close(fillUnknown([voice, face, words], 3)[0].data, [0.15, 0.4, 0.45]);
});

Deno.test("fillUnknown() fills two models that each lack what the other knows", () => {
  const voice = { probabilities: Matrix.fromRows([[0.5, 0.5], [1, 0]]), known: [0, 1] };
  const look = { probabilities: Matrix.fromRows([[0.2, 0.8], [0, 1]]), known: [1, 2] };
  const [heard, seen] = fillUnknown([voice, look], 3);
  close(heard.data, [0.1, 0.1, 0.8, 0, 0, 1]);
  close(seen.data, [0.5, 0.1, 0.4, 1, 0, 0]);
});

Deno.test("fillUnknown() gives a class that nobody knows its share of equal priors", () => {
  const voice = { probabilities: Matrix.fromRows([[0.5, 0.5]]), known: [0, 1] };
  close(fillUnknown([voice], 4)[0].data, [0.25, 0.25, 0.25, 0.25]);
});
