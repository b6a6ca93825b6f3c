import assert from "node:assert/strict";
import { fitTemperature } from "../../src/evaluate/confidence/fit_temperature.ts";
import { temper } from "../../src/evaluate/confidence/temper.ts";
import { expectedCalibrationError } from "../../src/evaluate/expected_calibration_error.ts";
import { Random } from "../../src/numeric/random.ts";
import type { Predictions } from "../../src/pipeline/run/results.ts";
import type { RowName } from "../../src/pipeline/run/row_name.ts";
import { measureCalibration } from "../../src/train/measure_calibration.ts";
import type { OwnModels } from "../../src/train/own_rows.ts";

const random = new Random(5);

/** Three classes; what is said with this confidence is right in a share of `right`. */
function row(truth: readonly number[], confidence: number, right: number): number[][] {
  return truth.map((label) => {
    const said = random.next() < right ? label : (label + 1) % 3;
    return [0, 1, 2].map((c) => c === said ? confidence : (1 - confidence) / 2);
  });
}

const NAME: Omit<RowName, "modality"> = {
  recipe: "statistics",
  features: "voice",
  model: "lda",
  fusion: "none",
  normalisation: "train",
};

/** The run of a model that listens and looks, by the product rule, beside rows of others. */
function predictionsOf(rows: readonly (Partial<RowName> & { probabilities: number[][] })[]) {
  return rows.map((row): Predictions["rows"][number] => ({
    ...NAME,
    modality: "audio",
    predicted: [],
    ...row,
  }));
}

const classifier = { classifier: { name: "lda" } };
const model = {
  modalities: new Map([["audio", classifier], ["video", classifier]]),
  rule: { name: "decision-product" },
} as unknown as OwnModels;

const truth = Array.from({ length: 600 }, (_, k) => k % 3);
const samples = truth.map((truth, k) => ({ id: `${k}`, fold: `fold-${k % 4}`, truth }));
const classes = ["angry", "calm", "sad"];

Deno.test("each own row gives a temperature, and the error that is left on other folds", () => {
  const voice = row(truth, 0.95, 0.6);
  const rows = predictionsOf([
    { probabilities: row(truth, 0.9, 0.9), normalisation: "own" },
    { probabilities: voice },
    { modality: "video", probabilities: row(truth, 0.5, 0.8) },
    { modality: "fused", fusion: "decision-mean", probabilities: voice },
    { modality: "fused", fusion: "decision-product", probabilities: row(truth, 0.99, 0.85) },
  ]);
  const card = measureCalibration(model, {
    schema: "emofuse.predictions/1",
    classes,
    samples,
    rows,
  });
  assert.deepEqual(card.map(({ modality, n }) => [modality, n]), [
    ["audio", 600],
    ["video", 600],
    ["fused", 600],
  ]);
  const [audio, video] = card;
  assert.ok(audio.temperature > 1.5 && video.temperature < 0.8);
  for (const { eceBefore, eceAfter } of card) {
    assert.ok(eceBefore > 0.1 && eceAfter! < 0.04, `${eceBefore} ${eceAfter}`);
  }
  const given = Float32Array.from(voice.flat());
  const labels = Int32Array.from(truth);
  const temperature = fitTemperature(labels, given, 3);
  assert.ok(Math.abs(audio.temperature / temperature - 1) < 1e-3);
  // What is measured where it was fitted is a little better.
  assert.ok(expectedCalibrationError(labels, temper(given, 3, temperature), 3) <= audio.eceAfter!);
});

Deno.test("classes that a modality does not know have no say in its temperature", () => {
  const known = truth.map((label) => label === 2 ? 0 : label);
  const probabilities = row(known, 0.8, 0.7).map(([a, b]) => [a / (a + b), b / (a + b), 0]);
  const rows = predictionsOf([{ probabilities }]);
  const of = (samples: Predictions["samples"], rows: Predictions["rows"]) =>
    measureCalibration(model, { schema: "emofuse.predictions/1", classes, samples, rows })[0];
  const all = of(samples, rows);
  const without = (_: unknown, k: number) => truth[k] !== 2;
  const part = of(
    samples.filter(without),
    predictionsOf([{ probabilities: probabilities.filter(without) }]),
  );
  assert.equal(all.temperature, part.temperature);
  assert.ok(all.eceBefore > part.eceBefore, "wrong answers are still wrong");
});

Deno.test("of one fold nothing can be said of other folds", () => {
  const rows = predictionsOf([{ probabilities: row(truth, 0.9, 0.6) }]);
  const one = samples.map((sample) => ({ ...sample, fold: "fold-1" }));
  const [{ eceAfter, temperature }] = measureCalibration(model, {
    schema: "emofuse.predictions/1",
    classes,
    samples: one,
    rows,
  });
  assert.equal(eceAfter, null);
  assert.ok(temperature > 1);
});
