import assert from "node:assert/strict";
import type { ModelName } from "../../src/classify/registry.ts";
import { NotFittedError } from "../../src/classify/fit_input.ts";
import { ModelStateError } from "../../src/classify/model_state.ts";
import { classifierFromState, createClassifier } from "../../src/classify/registry.ts";
import { ScaledClassifier } from "../../src/classify/scaled_classifier.ts";
import { SpeakerNormaliser } from "../../src/classify/speaker_normaliser.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/numeric/safetensors.ts";

/** StandardScaler of scikit-learn's: see tests/fixtures/make_splits.py. */
const reference: { x: number[][]; mean: number[]; scale: number[]; scaled: number[][] } = JSON
  .parse(Deno.readTextFileSync(
    new URL("../fixtures/splits/standard_scaler.json", import.meta.url),
  ));

function assertClose(actual: ArrayLike<number>, expected: readonly number[], bound: number): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, k) => {
    const difference = Math.abs(actual[k] - value);
    assert(difference <= bound * Math.max(1, Math.abs(value)), `${k}: ${actual[k]}, not ${value}`);
  });
}

Deno.test("StandardScaler gives scikit-learn's means, deviations and values", () => {
  const x = Matrix.fromRows(reference.x);
  const scaler = new StandardScaler();
  scaler.fit(x);
  const { mean, scale } = scaler.state().tensors;
  assertClose(mean.data as Float64Array, reference.mean, 1e-12);
  assertClose(scale.data as Float64Array, reference.scale, 1e-9);
  assertClose(scaler.transform(x).data, reference.scaled.flat(), 1e-6);
});

Deno.test("StandardScaler learns from parts what it learns from the whole, to the last bit", () => {
  const x = Matrix.fromRows(reference.x);
  const [whole, parts] = [new StandardScaler(), new StandardScaler()];
  whole.fit(x);
  parts.fitParts(x.cols, function* () {
    yield x.selectRows([0]);
    yield x.selectRows(Array.from({ length: x.rows - 1 }, (_, row) => row + 1));
  });
  assert.deepEqual(parts.state(), whole.state());
  assert.throws(() => parts.fitParts(6, () => []), /no samples/);
});

Deno.test("StandardScaler comes back from its state and says what does not fit", () => {
  const x = Matrix.fromRows(reference.x);
  const scaler = new StandardScaler();
  assert.throws(() => scaler.transform(x), NotFittedError);
  assert.throws(() => scaler.state(), NotFittedError);
  assert.throws(() => scaler.fit(new Matrix(0, 3)), /no samples/);
  scaler.fit(x);
  assert.throws(() => scaler.transform(new Matrix(1, 2)), /fitted with 6 features.*have 2/);
  const state = scaler.state();
  assert.deepEqual(StandardScaler.fromState(state).transform(x), scaler.transform(x));
  const { mean } = state.tensors;
  assert.throws(() => StandardScaler.fromState({ ...state, tensors: { mean } }), ModelStateError);
});

/** 24 rows of ann and bob, who differ by a large offset, and 2 of eve. */
function voices(): { x: Matrix; speakers: string[] } {
  const random = new Random(2);
  const speakers = Array.from({ length: 26 }, (_, i) => i < 12 ? "ann" : i < 24 ? "bob" : "eve");
  const x = Matrix.fromRows(
    speakers.map((name) => [0, 1].map(() => (name === "bob" ? 50 : 0) + random.normal())),
  );
  return { x, speakers };
}

Deno.test("SpeakerNormaliser brings each speaker to mean 0 and deviation 1, too few by the training set", () => {
  const { x, speakers } = voices();
  const train = Array.from({ length: 12 }, (_, i) => i);
  const normaliser = new SpeakerNormaliser();
  normaliser.fit(x, speakers, train);
  const out = normaliser.transform(x, speakers);
  for (const [from, to] of [[0, 12], [12, 24]]) {
    for (let f = 0; f < 2; f++) {
      const column = Array.from({ length: to - from }, (_, i) => out.row(from + i)[f]);
      const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
      const variance = column.reduce((sum, v) => sum + (v - mean) ** 2, 0) / column.length;
      assert(Math.abs(mean) < 1e-5 && Math.abs(variance - 1) < 1e-4);
    }
  }
  const scaler = new StandardScaler();
  scaler.fit(x.selectRows(train));
  assert.deepEqual(out.row(25), scaler.transform(x).row(25));
  assert.match(normaliser.warning!, /fewer than 8 samples: eve \(2\)/);
  // A speaker never heard of is normalised by the training set too.
  assert.deepEqual(
    normaliser.transform(x, speakers.map(() => "zoe")).data,
    scaler.transform(x).data,
  );
});

Deno.test("SpeakerNormaliser learns a new speaker afterwards, and comes back from its state", () => {
  const { x, speakers } = voices();
  const known = Array.from({ length: 12 }, (_, i) => i);
  const normaliser = new SpeakerNormaliser({ minSamples: 4 });
  assert.throws(() => normaliser.transform(x, speakers), NotFittedError);
  assert.throws(() => normaliser.learnSpeaker("bob", x), NotFittedError);
  normaliser.fit(x.selectRows(known), known.map(() => "ann"), known);
  const bobs = x.selectRows(Array.from({ length: 12 }, (_, i) => 12 + i));
  const bob = Array.from({ length: 12 }, () => "bob");
  const before = normaliser.transform(bobs, bob);
  assert(before.data.every((value) => value > 10));
  normaliser.learnSpeaker("bob", bobs);
  const after = normaliser.transform(bobs, bob);
  assert(after.data.every((value) => Math.abs(value) < 5));
  const { model, settings, tensors } = normaliser.state();
  const again = SpeakerNormaliser.fromState({
    model,
    settings: JSON.parse(JSON.stringify(settings)),
    tensors: decodeSafetensors(encodeSafetensors(tensors)).tensors,
  });
  assert.deepEqual(again.transform(x, speakers), normaliser.transform(x, speakers));
  assert.throws(
    () => SpeakerNormaliser.fromState({ model, settings: { ...settings, speakers: 3 }, tensors }),
    /lacks the names "speakers"/,
  );
});

Deno.test("SpeakerNormaliser refuses what does not fit", () => {
  const { x, speakers } = voices();
  assert.throws(() => new SpeakerNormaliser({ minSamples: 1 }), /minSamples/);
  const normaliser = new SpeakerNormaliser();
  assert.throws(() => normaliser.fit(x, speakers, []), /no samples/);
  assert.throws(() => normaliser.fit(x, ["ann"], [0]), /26 rows of features but 1 speakers/);
  normaliser.fit(x, speakers, [0, 1, 2]);
  assert.throws(() => normaliser.transform(x, ["ann"]), /26 rows of features but 1 speakers/);
});

for (
  const name of [
    "gaussian-nb",
    "lda",
    "logistic-regression",
    "svm-rbf",
    "svm-rbf-grid",
    "mlp",
  ] as const satisfies readonly ModelName[]
) {
  Deno.test(`a scaled ${name} is the ${name} on scaled features, also from its state`, async () => {
    await initBackend();
    const random = new Random(5);
    const y = Int32Array.from({ length: 30 }, (_, i) => i % 3);
    const x = Matrix.fromRows(
      Array.from(y, (c) => [1e3 * (c + random.normal()), 1e-3 * random.normal(), 7, c]),
    );
    const groups = Array.from(y, (_, i) => `take ${i >> 1}`);
    const scaler = new StandardScaler();
    scaler.fit(x);
    const bare = createClassifier(name, { seed: 1 });
    bare.fit(scaler.transform(x), y, 3, groups);
    const scaled = createClassifier(name, { seed: 1, scaled: true });
    assert(scaled instanceof ScaledClassifier);
    assert.equal(scaled.name, name);
    scaled.fit(x, y, 3, groups);
    assert.deepEqual(scaled.predict(x), bare.predict(scaler.transform(x)));
    assert.deepEqual(scaled.predictProba(x), bare.predictProba(scaler.transform(x)));
    const { model, settings, tensors } = scaled.state();
    const again = classifierFromState({
      model,
      settings: JSON.parse(JSON.stringify(settings)),
      tensors: decodeSafetensors(encodeSafetensors(tensors)).tensors,
    });
    assert.deepEqual(again.predictProba(x), scaled.predictProba(x));
    const { "scaler/scale": _, ...incomplete } = tensors;
    assert.throws(
      () => classifierFromState({ model, settings, tensors: incomplete }),
      ModelStateError,
    );
    for (const each of [bare, scaled, again]) each.dispose();
  });
}

Deno.test("createClassifier() passes C to the linear models and the machines", () => {
  const y = Int32Array.from({ length: 20 }, (_, i) => i % 2);
  const random = new Random(7);
  const x = Matrix.fromRows(Array.from(y, (c) => [c + random.normal(), random.normal()]));
  for (const name of ["logistic-regression", "svm-linear", "svm-rbf"] as const) {
    const states = [0.01, 10].map((c) => {
      const model = createClassifier(name, { seed: 1, c });
      model.fit(x, y, 2);
      assert.equal(model.state().settings.c, c);
      return model.predictProba(x);
    });
    assert.notDeepEqual(states[0], states[1]);
  }
});
