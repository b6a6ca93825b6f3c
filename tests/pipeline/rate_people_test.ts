import assert from "node:assert/strict";
import { CREMA_D } from "../../src/corpus/crema_d/crema_d.ts";
import { LABEL_MAPS } from "../../src/corpus/label_maps/registry.ts";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import { ratePeople } from "../../src/pipeline/run/rate_people.ts";

const voted = (label: string, voiceVote: string, bothVote = label) => ({
  label,
  speaker: "ann",
  attributes: { voiceVote, faceVote: "happy", bothVote },
});

Deno.test("ratePeople() scores what most heard, saw and both, a tie in part", () => {
  const samples = [
    ...[voted("angry", "angry"), voted("angry", "angry|disgust"), voted("sad", "neutral")],
    { label: "happy", speaker: "bob", attributes: {} },
  ];
  assert.deepEqual(ratePeople(CREMA_D, samples, { modality: "av", seed: 1 }), [
    { modality: "audio", n: 3, accuracy: 0.5, uar: 0.375, uarCi95: null },
    { modality: "video", n: 3, accuracy: 0, uar: 0, uarCi95: null },
    { modality: "fused", n: 3, accuracy: 1, uar: 1, uarCi95: null },
  ]);
  const heard = ratePeople(CREMA_D, samples, { modality: "audio", seed: 1 });
  assert.deepEqual(heard.map(({ modality }) => modality), ["audio"]);
});

Deno.test("ratePeople() takes votes through the label map: what becomes one label is no tie", () => {
  const labelMap = LABEL_MAPS.find(({ name }) => name === "valence3")!;
  const samples = [voted("negative", "angry|sad"), voted("negative", "neutral")];
  const [{ n, accuracy }] = ratePeople(CREMA_D, samples, { modality: "audio", labelMap, seed: 1 });
  assert.deepEqual([n, accuracy], [2, 0.5]);
});

Deno.test("ratePeople() says nothing where nobody was asked", () => {
  assert.deepEqual(ratePeople(RAVDESS, [voted("angry", "angry")], { modality: "av", seed: 1 }), []);
  const unasked = [{ label: "angry", speaker: "ann", attributes: {} }];
  assert.deepEqual(ratePeople(CREMA_D, unasked, { modality: "audio", seed: 1 }), []);
});
