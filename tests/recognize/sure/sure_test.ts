import assert from "node:assert/strict";
import { temper } from "../../../src/evaluate/confidence/temper.ts";
import { decodeBundle, encodeBundle } from "../../../src/recognize/bundle/bundle.ts";
import type { CalibrationCard, ModelCard } from "../../../src/recognize/bundle/model_card.ts";
import { InputError } from "../../../src/recognize/input_error.ts";
import { loadClassicalRecognizer } from "../../../src/recognize/load_classical_recognizer.ts";
import { calibrate } from "../../../src/recognize/sure/calibrate.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "../voice_bundle.ts";

const plain = await voiceBundle();
const clip = { samples: tone(1), sampleRate: SAMPLE_RATE };
const { card, parts } = await decodeBundle(plain);

/** The same bundle whose card says more. */
function stating(fields: Partial<ModelCard>): Promise<Uint8Array<ArrayBuffer>> {
  return encodeBundle({ card: { ...card, ...fields }, parts });
}

function calibration(temperature: number): CalibrationCard {
  return {
    ...{ modality: "audio", temperature, n: 12 },
    ...{ eceBefore: 0.2, eceAfter: 0.1, surestHalf: 1 },
  };
}

Deno.test("probabilities are scaled by the card's temperature, in streams too", async () => {
  const before = (await loadClassicalRecognizer(plain)).predict(clip);
  const recognizer = await loadClassicalRecognizer(
    await stating({ calibration: [calibration(3)] }),
  );
  const after = recognizer.predict(clip);
  const expected = temper(Float32Array.from(Object.values(before.probabilities)), 2, 3);
  assert.ok(Math.abs(after.probabilities.angry - expected[1]) < 1e-6);
  assert.ok(after.probabilities.angry < before.probabilities.angry - 0.02);
  assert.deepEqual(after.modalities.audio, after.probabilities);
  const stream = recognizer.stream({ windowSeconds: 2 });
  const [window] = [...stream.push({ time: 0, ...clip }), ...stream.end()];
  assert.deepEqual(window.probabilities, after.probabilities);
});

Deno.test("each combination of modalities has a temperature of its own", () => {
  const [audio, video, fused] = [[0.9, 0.1], [0.6, 0.4], [0.8, 0.2]].map((p) =>
    Float32Array.from(p)
  );
  const temperatures = { audio: 2, video: 0.5, fused: 3 };
  const expected = {
    audio: temper(audio, 2, 2),
    video: temper(video, 2, 0.5),
    fused: temper(fused, 2, 3),
  };
  assert.deepEqual(calibrate({ audio, video, fused }, temperatures), expected);
  const heard = { audio: expected.audio, fused: expected.audio };
  assert.deepEqual(calibrate({ audio, video: "no-face", fused: audio }, temperatures), {
    ...heard,
    video: "no-face",
  });
  assert.deepEqual(calibrate({ audio, fused: audio }, temperatures), {
    ...heard,
    video: undefined,
  });
  const nothing = { audio: "silence", video: undefined, fused: undefined } as const;
  assert.deepEqual(calibrate(nothing, temperatures), nothing);
});

Deno.test("below the least confidence the label is uncertain, and nothing else changes", async () => {
  const recognizer = await loadClassicalRecognizer(plain);
  const sure = recognizer.predict(clip);
  assert.deepEqual([sure.label, sure.likeliest], ["angry", "angry"]);
  const { angry } = sure.probabilities;
  const unsure = recognizer.predict(clip, { minConfidence: angry + 1e-6 });
  assert.deepEqual(unsure, { ...sure, label: "uncertain" });
  assert.deepEqual(recognizer.predict(clip, { minConfidence: angry }), sure);
  const stream = recognizer.stream({ windowSeconds: 2, minConfidence: 1 });
  const [window] = [...stream.push({ time: 0, ...clip }), ...stream.end()];
  assert.deepEqual([window.label, window.likeliest], ["uncertain", "angry"]);
  const silent = recognizer.stream({ windowSeconds: 1, minConfidence: 1 });
  const silence = { samples: new Float32Array(SAMPLE_RATE), sampleRate: SAMPLE_RATE };
  const [nothing] = [...silent.push({ time: 0, ...silence }), ...silent.end()];
  assert.deepEqual([nothing.label, nothing.likeliest], ["", ""]);
});

Deno.test("a card may state a least confidence; who loads the model and who asks come before it", async () => {
  const bundle = await stating({ minConfidence: 1 });
  const label = async (loaded?: number, asked?: number) =>
    (await loadClassicalRecognizer(bundle, { minConfidence: loaded }))
      .predict(clip, { minConfidence: asked }).label;
  assert.equal(await label(), "uncertain");
  assert.equal(await label(0), "angry");
  assert.equal(await label(0, 1), "uncertain");
  assert.equal(await label(1, 0), "angry");
});

Deno.test("a least confidence that is none is refused, and so is one beside a label of that name", async () => {
  const refused = (reason: RegExp) => (error: unknown) =>
    error instanceof InputError && reason.test(error.message);
  const recognizer = await loadClassicalRecognizer(plain);
  for (const wrong of [-0.1, 1.1, NaN]) {
    const reason = refused(/minConfidence is .*; allowed: a number from 0 to 1/);
    assert.throws(() => recognizer.predict(clip, { minConfidence: wrong }), reason);
    assert.throws(() => recognizer.stream({ minConfidence: wrong }), reason);
    await assert.rejects(loadClassicalRecognizer(plain, { minConfidence: wrong }), reason);
  }
  const named = await stating({ labels: ["calm", "uncertain"] });
  assert.equal((await loadClassicalRecognizer(named)).predict(clip).label, "uncertain");
  const reason = refused(/a label "uncertain" of its own/);
  await assert.rejects(loadClassicalRecognizer(named, { minConfidence: 0.5 }), reason);
});

Deno.test("a card whose calibration is impossible is refused", async () => {
  await assert.rejects(stating({ calibration: [calibration(0)] }), /temperature must be a number/);
  await assert.rejects(stating({ minConfidence: 2 }), /minConfidence must be a number from 0 to 1/);
});
