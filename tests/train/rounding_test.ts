import assert from "node:assert/strict";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { DecisionProduct } from "../../src/fusion/decision_product.ts";
import { fillUnknown } from "../../src/fusion/fill_unknown.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { exactProbabilities, measureOnFeatures } from "../../src/train/measure_rounding.ts";
import { testCard } from "../recognize/voice_bundle.ts";
import { clipOf, distance, ear, loaded, trainHere } from "./small_training.ts";
import type { TrainingChoice } from "./train.ts";

Deno.test("the cost of whole-number weights is measured on clips, and small", async () => {
  const { card, bytes } = await trainHere({ dtype: "int8", config: { backbone: "faceres" } });
  const exact = await trainHere({ config: { backbone: "faceres" } });
  assert(bytes.length < 0.65 * exact.bytes.length);
  assert.equal(card.rounding.through, "clips");
  assert(card.rounding.samples >= 4);
  assert(card.rounding.maxDifference > 0 && card.rounding.maxDifference < 0.2);
});

Deno.test("what a rounded ear costs is measured on clips, and the recogniser hears by it", async () => {
  const heard: TrainingChoice = { config: { modality: "audio" }, model: "svm-rbf" };
  const exact = await trainHere({ ...heard, ear });
  const probabilities = exact.exact();
  let size = exact.bytes.length;
  const costs: number[] = [];
  for (const dtype of ["float16", "int8"] as const) {
    const trained = await trainHere({ ...heard, ear, dtype });
    const { card: { rounding, audio }, bytes } = trained;
    assert(bytes.length < 0.55 * size, `${dtype}: ${bytes.length}`);
    size = bytes.length;
    assert.deepEqual(audio!.ear, exact.card.audio!.ear);
    assert.equal(rounding.through, "clips");
    assert.equal(rounding.samples, probabilities.rows);
    let most = 0;
    await loaded(trained, async (recognizer) => {
      for (let i = 0; i < probabilities.rows; i++) {
        const { probabilities: rounded } = recognizer.predict(await clipOf(trained, i));
        most = Math.max(most, distance(rounded, probabilities.row(i)));
      }
    });
    const { maxDifference } = rounding;
    assert(Math.abs(maxDifference - most) < 1e-5 + 0.01 * most, `${maxDifference}, ${most}`);
    costs.push(rounding.maxDifference);
  }
  const [half, whole] = costs;
  assert(half > 0 && half < whole && whole < 0.2, `${costs}`);
});

Deno.test("rounding is measured where a modality knows some of the labels only", async () => {
  const random = new Random(3);
  const fitted = (classes: number, width: number) => {
    const rows = Array.from(
      { length: 30 },
      (_, i) =>
        Array.from({ length: width }, (_, f) => (i % classes === f ? 2 : 0) + random.normal()),
    );
    const raw = Matrix.fromRows(rows);
    const scaler = new StandardScaler();
    scaler.fit(raw);
    const matrix = scaler.transform(raw);
    const classifier = new LogisticRegression({ c: 1 });
    classifier.fit(matrix, Int32Array.from(rows, (_, i) => i % classes), classes);
    return { raw, scaler: scaler.state(), matrix, classifier };
  };
  const [voice, face] = [fitted(2, 4), fitted(3, 5)];
  const rule = new DecisionProduct();
  const part = { model: "logistic-regression" };
  const card = testCard({
    labels: ["surprised", "calm", "angry"],
    dtype: "int8",
    audio: {
      ...{ ...part, features: "voice", featureSize: 4, sampleRate: 8000, mfcc: "librosa" },
      labels: ["calm", "angry"],
    },
    landmarks: { ...part, features: "landmarks", featureSize: 5, fps: 30 },
    fusion: { rule: rule.name, settings: rule.settings() },
  });
  const bundle = await encodeBundle({
    card,
    parts: {
      "audio-scaler": voice.scaler,
      "audio-classifier": voice.classifier.state(),
      "video-scaler": face.scaler,
      "video-classifier": face.classifier.state(),
    },
  });
  const features = (name: string, { scaler, matrix, classifier }: typeof voice) => ({
    ...{ features: name, scaler, matrix, classifier },
  });
  const model = {
    modalities: new Map(
      [
        ["audio", features("voice", voice)],
        ["video", features("landmarks", face)],
      ] as const,
    ),
    rule,
    job: {
      features: {
        voice: { width: 4, channels: 4, data: voice.raw.data },
        landmarks: { width: 5, channels: 5, data: face.raw.data },
      },
    },
  };
  const exact = exactProbabilities(model, card);
  assert.deepEqual([exact.rows, exact.cols], [30, 3]);
  // The voice defers to the face on what it does not know: as likely as the face alone has it, taken twice.
  const own = face.classifier.predictProba(face.matrix);
  const heard = voice.classifier.predictProba(voice.matrix);
  const opinions = [{ probabilities: heard, known: [1, 2] }, {
    probabilities: own,
    known: [0, 1, 2],
  }];
  assert.deepEqual(exact.data, rule.combine(fillUnknown(opinions, 3)).data);
  const cost = await measureOnFeatures(model, bundle);
  assert.equal(cost.samples, 30);
  assert(cost.maxDifference > 0 && cost.maxDifference < 0.1, `${cost.maxDifference}`);
});
