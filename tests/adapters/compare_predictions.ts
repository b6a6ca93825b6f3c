import assert from "node:assert/strict";
import type { Prediction, Probabilities } from "../../src/recognize/prediction.ts";

/** How far probabilities may differ between runtimes: engines round relaxed SIMD in their own ways. */
const TOLERANCE = 1e-4;

/** Both say the same, with the same probabilities but for rounding. */
export function assertSame(actual: Prediction, expected: Prediction): void {
  const { probabilities, modalities, ...words } = actual;
  const { probabilities: wanted, modalities: parts, ...wantedWords } = expected;
  assert.deepEqual(words, JSON.parse(JSON.stringify(wantedWords)));
  assertClose(probabilities, wanted);
  assert.deepEqual(Object.keys(modalities), Object.keys(parts));
  assertClose(modalities.audio ?? {}, parts.audio ?? {});
  assertClose(modalities.video ?? {}, parts.video ?? {});
}

function assertClose(actual: Probabilities, expected: Probabilities): void {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  for (const [label, value] of Object.entries(expected)) {
    assert.ok(Math.abs(actual[label] - value) < TOLERANCE, `${label}: ${actual[label]}, ${value}`);
  }
}
