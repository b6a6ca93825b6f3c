import assert from "node:assert/strict";
import { sampleHits } from "../../src/evaluate/sample_hits.ts";

Deno.test("sampleHits() wants more than half of a sample's tests to be right", () => {
  const truth = Int32Array.of(1, 1, 1, 1, 1), predicted = Int32Array.of(1, 0, 1, 1, 0);
  assert.deepEqual(sampleHits(truth, predicted, ["a", "a", "b", "b", "b"]), Uint8Array.of(0, 1));
});

Deno.test("sampleHits() throws for lengths that differ", () => {
  const two = Int32Array.of(0, 1);
  assert.throws(() => sampleHits(two, two.subarray(1)), /1 predictions of 2 .* 2 true classes/);
  assert.throws(() => sampleHits(two, two, ["a"]), /2 predictions of 1 .* 2 true classes/);
});
