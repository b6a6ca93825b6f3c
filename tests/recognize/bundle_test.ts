import assert from "node:assert/strict";
import { sha256Hex } from "../../models/sha256.ts";
import type { SavedModel } from "../../src/classify/model_state.ts";
import { BUNDLE_VERSION, decodeBundle, encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";
import { testCard, voiceBundle } from "./voice_bundle.ts";

const bytes = await voiceBundle();

const rejects = (bundle: Uint8Array, reason: RegExp) =>
  assert.rejects(
    () => decodeBundle(bundle),
    (error: unknown) => error instanceof BundleError && reason.test(error.message),
  );

/** The bundle with a changed header or card and a hash that fits. */
async function forge(change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  const forged = change(bytes.slice());
  const hash = await sha256Hex(forged.slice(0, 16), forged.slice(48));
  forged.set(hash.match(/../g)!.map((pair) => Number.parseInt(pair, 16)), 16);
  return forged;
}

/** The bundle with another card. */
const withCard = (change: (card: Record<string, unknown>) => void) =>
  forge((bundle) => {
    const length = new DataView(bundle.buffer).getUint32(12, true);
    const card = JSON.parse(new TextDecoder().decode(bundle.subarray(48, 48 + length)));
    change(card);
    const json = new TextEncoder().encode(JSON.stringify(card));
    const out = new Uint8Array(48 + json.length + bundle.length - 48 - length);
    out.set(bundle.subarray(0, 48));
    new DataView(out.buffer).setUint32(12, json.length, true);
    out.set(json, 48);
    out.set(bundle.subarray(48 + length), 48 + json.length);
    return out;
  });

Deno.test("a bundle comes back as it was written, and the same one gives the same bytes", async () => {
  const { card, parts } = await decodeBundle(bytes);
  assert.equal(card.audio?.model, "logistic-regression");
  assert.deepEqual(Object.keys(parts).sort(), ["audio-classifier", "audio-scaler"]);
  assert(parts["audio-scaler"]!.tensors.mean.data instanceof Float64Array);
  assert.deepEqual(await voiceBundle(), bytes);
  assert.deepEqual(await encodeBundle({ card, parts }), bytes);
});

Deno.test("a card of an older version gets the fields that it lacks", async () => {
  const older = await withCard((card) => {
    const { takes: _, speakers: __, ...corpus } = card.corpus as Record<string, unknown>;
    const classes = [{ emotion: "calm", samples: 6 }, { emotion: "angry", samples: 6 }];
    card.corpus = { ...corpus, performances: 12, actors: [1, 24], classes };
  });
  const { card: { corpus } } = await decodeBundle(older);
  assert.deepEqual([corpus.takes, corpus.speakers], [12, ["1", "24"]]);
  assert.deepEqual(corpus.classes.map(({ label }) => label), ["calm", "angry"]);
  await rejects(
    await withCard((card) => card.corpus = { ...card.corpus as object, speakers: "everybody" }),
    /corpus\.speakers must be a list/,
  );
});

Deno.test("a change of any region of a bundle is noticed", async () => {
  const cardLength = new DataView(bytes.buffer).getUint32(12, true);
  const places = [
    ...Array.from({ length: 56 }, (_, at) => at),
    48 + (cardLength >> 1),
    48 + cardLength - 1,
    48 + cardLength,
    48 + cardLength + 20,
    (48 + cardLength + bytes.length) >> 1,
    bytes.length - 1,
  ];
  for (const at of places) {
    for (const bit of [0x01, 0x80]) {
      const changed = bytes.slice();
      changed[at] ^= bit;
      await rejects(changed, at < 8 ? /not an Emofuse bundle/ : /damaged/);
    }
  }
  for (const length of [0, 7, 47, 48, 60, bytes.length - 1]) {
    await rejects(bytes.slice(0, length), length < 48 ? /not an Emofuse bundle/ : /damaged/);
  }
  await rejects(Uint8Array.of(...bytes, 0), /damaged/);
});

Deno.test("a bundle of a newer layout is named as such", async () => {
  const newer = await forge((bundle) => {
    new DataView(bundle.buffer).setUint32(8, BUNDLE_VERSION + 1, true);
    return bundle;
  });
  await rejects(newer, /has version 2 and this Emofuse reads 1: update Emofuse/);
  await rejects(
    await withCard((card) => card.schema = "emofuse.model-card/2"),
    /layout "emofuse.model-card\/2" and this Emofuse reads "emofuse.model-card\/1"/,
  );
});

Deno.test("a card with a wrong field is refused by its name", async () => {
  for (
    const [change, reason] of [
      [(card) => card.labels = ["calm"], /labels must be a list of at least 2/],
      [(card) => card.labels = ["calm", 3], /labels\[1\] must be text/],
      [(card) => card.labels = ["calm", "calm"], /labels has calm, calm twice/],
      [(card) => card.windowSeconds = -1, /windowSeconds must be a number above 0/],
      [(card) => delete card.audio, /neither audio nor video/],
      [(card) => (card.audio as Record<string, unknown>).features = "x", /audio\.features must be/],
      [(card) => card.dtype = "int4", /dtype must be one of float32, float16, int8/],
      [(card) => card.limits = "none", /limits must be a list/],
      [(card) => delete card.protocol, /protocol must be an object/],
    ] as [(card: Record<string, unknown>) => void, RegExp][]
  ) await rejects(await withCard(change), reason);
});

Deno.test("a model of other labels than the card's is not loaded", async () => {
  const bundle = await withCard((card) => card.labels = ["calm", "angry", "sad"]);
  await assert.rejects(() => loadRecognizer(bundle), /3 labels and the classifier 2 classes/);
});

Deno.test("a bundle that lacks a model is not loaded", async () => {
  const { card, parts } = await decodeBundle(bytes);
  const { "audio-scaler": scaler } = parts;
  const bundle = await encodeBundle({ card, parts: { "audio-scaler": scaler } });
  await assert.rejects(() => loadRecognizer(bundle), /lacks its scaler or classifier/);
});

Deno.test("a card that is not valid is not written", async () => {
  const card = { ...testCard(), labels: [] } as unknown as ModelCard;
  await assert.rejects(() => encodeBundle({ card, parts: {} }), /labels must be a list/);
});

const model: SavedModel = {
  model: "test",
  settings: { nClasses: 2 },
  tensors: {
    matrix: { shape: [3, 2], data: Float64Array.of(0.1, -20, 0.3, 7, -0.2, 12.7) },
    vector: { shape: [2], data: Float64Array.of(1e-30, 1e30) },
    half: { shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) },
    whole: { shape: [2, 2], data: Int32Array.of(1, -2, 3, -4) },
    bytes: { shape: [2, 2], data: Uint8Array.of(1, 2, 3, 4) },
    empty: { shape: [0, 2], data: new Float32Array(0) },
    zeros: { shape: [2, 2], data: new Float32Array(4) },
  },
};

for (
  const [dtype, within] of [["float32", 2 ** -24], ["float16", 2 ** -11], [
    "int8",
    0.5 / 127,
  ]] as const
) {
  Deno.test(`a bundle of ${dtype} holds matrices to its precision, and vectors to float32's`, async () => {
    const card = testCard({
      ...{ dtype, windowSeconds: 4 },
      audio: {
        ...{ features: "voice", featureSize: 3, sampleRate: 8000, mfcc: "librosa", model: "lda" },
      },
    });
    const encoded = await encodeBundle({ card, parts: { "audio-classifier": model } });
    const { tensors } = (await decodeBundle(encoded)).parts["audio-classifier"]!;
    const given = model.tensors.matrix.data;
    const matrix = tensors.matrix.data;
    assert(matrix instanceof Float64Array);
    // Channels are the shorter side, here the columns: one's numbers are relative to its own largest.
    const largest = [0.3, 20];
    given.forEach((value, i) => {
      const scale = dtype === "int8" ? largest[i % 2] : Math.abs(value);
      assert(Math.abs(matrix[i] - value) <= within * scale * 1.01, `${matrix[i]} for ${value}`);
    });
    assert.deepEqual(
      tensors.vector.data,
      Float64Array.from(Float32Array.of(1e-30, 1e30)),
    );
    for (const name of ["half", "whole", "bytes", "empty", "zeros"]) {
      const { data } = tensors[name];
      if (name === "half" && dtype === "int8") continue;
      assert.deepEqual(data, model.tensors[name].data, name);
    }
  });
}

Deno.test("an ear's tensors lie in one copy of the bundle, whatever the length of its card", async () => {
  const tensors = {
    wide: { shape: [2], data: Float32Array.of(1, 2) },
    narrow: { shape: [3], data: Uint8Array.of(3, 4, 5) },
  };
  const ear = { model: "an ear", settings: {}, tensors };
  const { card, parts: { "audio-scaler": scaler } } = await decodeBundle(bytes);
  for (let length = 0; length < 8; length++) {
    const named = { ...card, name: "x".repeat(length) };
    const parts = { "audio-ear": ear, "audio-scaler": scaler };
    const decoded = await decodeBundle(await encodeBundle({ card: named, parts }));
    assert.deepEqual({ card: decoded.card, parts: decoded.parts }, { card: named, parts });
    const { wide, narrow } = decoded.parts["audio-ear"]!.tensors;
    assert(wide.data.buffer === narrow.data.buffer, `${length}`);
    // What a recogniser keeps must not keep all of the bundle.
    for (const { data } of Object.values(decoded.parts["audio-scaler"]!.tensors)) {
      assert(data.buffer !== wide.data.buffer);
    }
  }
});

Deno.test("rounding makes a bundle smaller and changes its predictions little", async () => {
  const { tone, SAMPLE_RATE } = await import("./voice_bundle.ts");
  const exact = (await loadRecognizer(bytes)).predict({
    samples: tone(1),
    sampleRate: SAMPLE_RATE,
  });
  let smaller = bytes.length;
  for (const [dtype, most] of [["float16", 1e-3], ["int8", 0.02]] as const) {
    const bundle = await voiceBundle(dtype);
    assert(bundle.length < smaller);
    smaller = bundle.length;
    const recognizer = await loadRecognizer(bundle);
    const rounded = recognizer.predict({ samples: tone(1), sampleRate: SAMPLE_RATE });
    assert(Math.abs(rounded.probabilities.angry - exact.probabilities.angry) < most);
  }
});

Deno.test("a bundle whose classifier lacks a tensor is not loaded", async () => {
  const { card, parts } = await decodeBundle(bytes);
  const { coef: _, ...tensors } = parts["audio-classifier"]!.tensors;
  const damaged = { ...parts["audio-classifier"]!, tensors };
  const bundle = await encodeBundle({ card, parts: { ...parts, "audio-classifier": damaged } });
  await assert.rejects(
    () => loadRecognizer(bundle),
    (error: unknown) =>
      error instanceof BundleError &&
      /cannot be run: .*lacks the tensor "coef"/.test(error.message),
  );
});
