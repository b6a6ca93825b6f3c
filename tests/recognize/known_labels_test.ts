import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/dist/2020.js";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { DecisionProduct } from "../../src/fusion/decision_product.ts";
import { fillUnknown } from "../../src/fusion/fill_unknown.ts";
import { Random } from "../../src/numeric/random.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { decodeBundle, encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import type { EmbeddingInput } from "../../src/recognize/clip_input.ts";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import { nameUnknown } from "../../src/recognize/words/name_unknown.ts";
import { openApi } from "../../src/serve/openapi/open_api.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { SAMPLE_RATE, testCard, tone, voiceBundle } from "./voice_bundle.ts";

const LABELS = ["surprised", "calm", "angry"];
const network = { name: "faceres", weightsSha256: "", licence: "MIT", source: "tests" };

/** Faces of so many seconds that look like the label of that number, a little less so the larger the noise. */
function face(label: number, noise = 0.3, seconds = 2, seed = 1): EmbeddingInput {
  const random = new Random(seed);
  const n = 10 * seconds;
  const data = Float32Array.from(
    { length: n * 3 },
    (_, i) => (i % 3 === label ? 1 : 0) + noise * random.normal(),
  );
  return { data, n, fps: 10 };
}

function fitFaces() {
  const rows = LABELS.flatMap((_, label) =>
    Array.from({ length: 8 }, (_, seed) => {
      const { data, n } = face(label, 0.3, 2, 10 * label + seed);
      const means = [0, 1, 2].map((c) =>
        data.reduce((sum, value, i) => sum + (i % 3 === c ? value : 0), 0) / n
      );
      return [...means, 0.3, 0.3, 0.3];
    })
  );
  const x = Matrix.fromRows(rows);
  const scaler = new StandardScaler();
  scaler.fit(x);
  const classifier = new LogisticRegression({ c: 1 });
  classifier.fit(scaler.transform(x), Int32Array.from(rows, (_, i) => Math.floor(i / 8)), 3);
  return { "video-scaler": scaler.state(), "video-classifier": classifier.state() };
}

/** A voice that knows calm and angry, and a face that knows surprised, too. */
async function bundle(change: (card: ModelCard) => ModelCard = (card) => card) {
  const voice = await decodeBundle(await voiceBundle());
  const card = testCard({
    labels: LABELS,
    audio: { ...voice.card.audio!, labels: ["calm", "angry"] },
    video: {
      ...{ features: "face-statistics", featureSize: 6, model: "logistic-regression" },
      backbone: { ...network, featureSize: 3, channels: 3 },
      detector: network,
      ...{ crop: "none", width: 8, height: 8, stretch: 1, fps: 10, frameStep: 1 },
      ...{ frameFill: "repeat", kernels: "winograd" },
    },
    fusion: { rule: "decision-product", settings: {} },
  });
  return await encodeBundle({ card: change(card), parts: { ...voice.parts, ...fitFaces() } });
}

const recognizer = await loadClassicalRecognizer(await bundle());
const voice = (label: 0 | 1, seconds = 2) => ({
  samples: tone(label, seconds, 3.5),
  sampleRate: SAMPLE_RATE,
});

const sumOf = (probabilities: Readonly<Record<string, number>>) =>
  Object.values(probabilities).reduce((a, b) => a + b);

Deno.test("a voice alone says what it does not know, and gives it no probability", () => {
  const { label, probabilities, modalities, unknown, fallback } = recognizer.predict(voice(1));
  assert.equal(label, "angry");
  assert.deepEqual(Object.keys(probabilities), LABELS);
  assert.deepEqual(Object.keys(modalities.audio!), ["calm", "angry"]);
  assert.deepEqual(unknown, ["surprised"]);
  assert.match(fallback!, /the voice's alone, which does not know: surprised$/);
  assert.equal(probabilities.surprised, 0);
  for (const [label, p] of Object.entries(modalities.audio!)) {
    assert(Math.abs(probabilities[label] - p) < 1e-6);
  }
});

Deno.test("a face alone knows all labels, and nothing is said of the unknown", () => {
  const { label, modalities, unknown, fallback } = recognizer.predict({ embeddings: face(0) });
  assert.equal(label, "surprised");
  assert.deepEqual(Object.keys(modalities.video!), LABELS);
  assert.equal(unknown, undefined);
  assert(!fallback!.includes("know"));
});

Deno.test("voice and face together are combined by the rule on the filled probabilities", () => {
  for (const [look, label] of [[0, "surprised"], [2, "angry"]] as const) {
    const { modalities, probabilities, unknown, ...prediction } = recognizer.predict({
      ...voice(1),
      embeddings: face(look),
    });
    assert.equal(prediction.label, label);
    assert.deepEqual([unknown, prediction.fallback], [undefined, undefined]);
    const own = Matrix.fromRows([[modalities.audio!.calm, modalities.audio!.angry]]);
    const whole = Matrix.fromRows([LABELS.map((label) => modalities.video![label])]);
    const opinions = [{ probabilities: own, known: [1, 2] }, {
      probabilities: whole,
      known: [0, 1, 2],
    }];
    const fused = new DecisionProduct().combine(fillUnknown(opinions, 3));
    LABELS.forEach((label, i) => assert(Math.abs(probabilities[label] - fused.data[i]) < 1e-6));
  }
});

Deno.test("windows of the voice alone do not vote against what the voice does not know", () => {
  const clip = { ...voice(1, 8), embeddings: face(0, 0.3, 4) };
  const { label, unknown, probabilities } = recognizer.predict(clip);
  assert.deepEqual([label, unknown], ["surprised", undefined]);
  assert(Math.abs(sumOf(probabilities) - 1) < 1e-9);
  const [first, second] = recognizer.stream({ windowSeconds: 4, hopSeconds: 4 }).push({
    time: 0,
    ...voice(1, 8),
  });
  assert.deepEqual([first.unknown, second.unknown], [["surprised"], ["surprised"]]);
  assert.equal(first.probabilities.surprised, 0);
});

Deno.test("a window in which nothing is used says nothing of the unknown", () => {
  const [silent] = recognizer.stream({ windowSeconds: 2 }).push({
    time: 0,
    samples: new Float32Array(2 * SAMPLE_RATE),
    sampleRate: SAMPLE_RATE,
  });
  assert.deepEqual([silent.label, silent.unknown], ["", undefined]);
  assert.match(silent.fallback!, /nothing could be recognised$/);
});

Deno.test("a card in which nobody knows a label, or somebody a strange one, is refused", async () => {
  const own = (labels: unknown) => (card: ModelCard) => ({
    ...card,
    audio: { ...card.audio!, labels: labels as string[] },
  });
  for (
    const [change, reason] of [
      [own(["calm", "bored"]), /audio\.labels has bored, which labels lacks/],
      [own(["calm", "calm"]), /audio\.labels has calm, calm twice/],
      [own(["calm"]), /audio\.labels must be a list of at least 2/],
      [own("calm"), /audio\.labels must be a list/],
      [(card: ModelCard) => {
        const { video: _, fusion: __, ...rest } = card;
        return rest as ModelCard;
      }, /no modality knows the label surprised/],
    ] as const
  ) {
    await assert.rejects(
      () => bundle(change),
      (error: unknown) => error instanceof BundleError && reason.test(error.message),
    );
  }
  const fitsNot = await bundle((card) => ({
    ...card,
    audio: { ...card.audio!, labels: undefined },
  }));
  await assert.rejects(
    () => loadClassicalRecognizer(fitsNot),
    /3 labels and the classifier 2 classes/,
  );
});

Deno.test("a modality's labels may come in an order of their own", async () => {
  const other = await loadClassicalRecognizer(
    await bundle((card) => ({
      ...card,
      labels: ["angry", "surprised", "calm"],
      video: { ...card.video!, labels: LABELS },
    })),
  );
  const clip = { ...voice(0), embeddings: face(1) };
  const [one, two] = [recognizer.predict(clip), other.predict(clip)];
  assert.equal(two.label, "calm");
  assert.deepEqual(Object.keys(two.modalities.audio!), ["angry", "calm"]);
  for (const label of LABELS) {
    assert(Math.abs(one.probabilities[label] - two.probabilities[label]) < 1e-6);
  }
});

Deno.test("OpenAPI and the model's words tell which labels the voice does not know", () => {
  const { card } = recognizer;
  assert.deepEqual(nameUnknown(card), ["The voice does not know: surprised"]);
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(openApi(card, serveLimits(), false), "api");
  const schema = "api#/components/schemas/Prediction";
  const alone = recognizer.predict(voice(0));
  for (const clip of [voice(0), { embeddings: face(0) }, { ...voice(0), embeddings: face(0) }]) {
    assert(ajv.validate(schema, recognizer.predict(clip)), ajv.errorsText());
  }
  const all = { ...alone, modalities: { audio: { ...alone.modalities.audio, surprised: 0 } } };
  assert.equal(ajv.validate(schema, all), false);
});
