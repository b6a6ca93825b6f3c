import assert from "node:assert/strict";
import { rateMissing } from "../../src/pipeline/run/missing/rate_missing.ts";
import type { Predictions, RowName } from "../../src/pipeline/run/results.ts";

const N = 80;
const truth = Int32Array.from({ length: N }, (_, i) => i % 2);
const clusters = Array.from({ length: N }, (_, i) => `speaker ${Math.floor(i / 20)}`);
const options = { truth, clusters, nClasses: 2, seed: 1 };

/** A row that is right, or wrong, of every sample. */
function row(
  name: Pick<RowName, "modality" | "model" | "fusion"> & Partial<RowName>,
  right: boolean,
): Predictions["rows"][number] {
  const recipe = name.model.startsWith("attention") ? "attention" : "statistics";
  const features = { audio: "voice", video: "landmarks", fused: "voice+landmarks" }[name.modality];
  return {
    ...{ recipe, features, normalisation: "own" },
    ...name,
    predicted: Array.from(truth, (label) => right ? label : 1 - label),
    probabilities: [],
  };
}

const ATTENTION = [
  row({ modality: "audio", model: "attention", fusion: "none" }, false),
  row({ modality: "video", model: "attention", fusion: "none" }, true),
  row({ modality: "fused", model: "attention", fusion: "attention" }, true),
];
const DECISIONS = [
  row({ modality: "audio", model: "ensemble", fusion: "none" }, true),
  row({ modality: "video", model: "ensemble", fusion: "none" }, false),
  row({ modality: "fused", model: "ensemble", fusion: "early" }, true),
  row({ modality: "fused", model: "ensemble", fusion: "decision-mean" }, true),
];

Deno.test("rateMissing() takes a quarter of the samples from what the other modality says", () => {
  const [noVoice, noFace] = rateMissing([...DECISIONS, ...ATTENTION], options);
  assert.deepEqual([noVoice.modality, noFace.modality], ["audio", "video"]);
  for (const { share, n, rows } of [noVoice, noFace]) {
    assert.deepEqual([share, n], [0.25, 20]);
    assert.deepEqual(rows.map(({ model, fusion }) => [model, fusion]), [
      ["ensemble", "decision-mean"],
      ["attention", "attention"],
    ]);
    assert(rows.every(({ complete }) => complete === 1));
  }
  // Of decision fusion the face says nothing right, of attention the voice: a quarter is wrong without the other.
  const lost = ({ rows }: typeof noVoice) => rows.map(({ loss }) => loss.difference.toFixed(2));
  assert.deepEqual(lost(noVoice), ["0.25", "0.00"]);
  assert.deepEqual(lost(noFace), ["0.00", "0.25"]);
  for (const { uar, complete, loss, uarCi95 } of [...noVoice.rows, ...noFace.rows]) {
    assert(Math.abs(complete - loss.difference - uar) < 1e-12);
    assert(uarCi95![0] <= uar && uar <= uarCi95![1]);
  }
});

Deno.test("rateMissing() draws the same samples for a seed, others for another and for the other modality", () => {
  const rows = [...ATTENTION.map((one) => ({ ...one, predicted: [...one.predicted] }))];
  // Only the first half would be lost: how much is, tells which samples are drawn.
  rows[0].predicted.splice(0, N / 2, ...truth.subarray(0, N / 2));
  rows[1].predicted.splice(0, N, ...rows[0].predicted);
  const losses = (seed: number) =>
    rateMissing(rows, { ...options, seed }).map(({ rows: [{ loss }] }) => loss.difference);
  assert.deepEqual(losses(1), losses(1));
  const seen = new Set([1, 2, 3, 4, 5].flatMap(losses));
  assert(seen.size > 2, [...seen].join());
});

Deno.test("rateMissing() finds the models of either modality where they differ, and features by their names", () => {
  const [rated] = rateMissing([
    ...ATTENTION,
    row({ modality: "audio", model: "cnn2d", fusion: "none" }, true),
    row({ modality: "video", model: "cnn-sequence", fusion: "none" }, false),
    row({ modality: "video", model: "cnn-sequence", fusion: "none", features: "other" }, true),
    row({ modality: "video", model: "cnn-sequence", fusion: "none", normalisation: "none" }, true),
    row({ modality: "fused", model: "cnn2d+cnn-sequence", fusion: "decision-max" }, true),
  ], options);
  assert.equal(rated.rows[1].loss.difference, 0.25);
});

Deno.test("rateMissing() says nothing of a run without attention, nor of rows that lack a fallback", () => {
  assert.deepEqual(rateMissing(DECISIONS, options), []);
  const [, noFace] = rateMissing([...ATTENTION, ...DECISIONS.slice(1)], options);
  assert.deepEqual(noFace.rows.map(({ model }) => model), ["attention"]);
});
