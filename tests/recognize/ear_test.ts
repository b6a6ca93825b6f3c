import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import type { SavedModel } from "../../src/classify/model_state.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { type Bundle, decodeBundle, encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { earBundle } from "./ear_bundle.ts";
import { SAMPLE_RATE, tone } from "./voice_bundle.ts";

const bundle = await earBundle();
const bytes = await encodeBundle(bundle);

/** The bundle with another ear, or without one. */
async function withEar(change: (ear: SavedModel) => SavedModel | undefined): Promise<Uint8Array> {
  const { "audio-ear": ear, ...parts } = bundle.parts;
  const changed = change(ear!);
  return await encodeBundle({
    ...bundle,
    parts: { ...parts, ...(changed && { "audio-ear": changed }) } as Bundle["parts"],
  });
}

Deno.test("an ear in whole numbers comes back from a bundle as it went in, in a byte a number", async () => {
  const { parts } = await decodeBundle(bytes);
  assert.deepEqual(parts["audio-ear"], bundle.parts["audio-ear"]);
  const numbers = Object.values(bundle.parts["audio-ear"]!.tensors)
    .reduce((sum, { data }) => sum + data.length, 0);
  assert(numbers > 7e6);
  assert(bytes.length < 1.1 * numbers);
});

Deno.test("a bundle whose ear is missing, unknown or of another shape is refused with one clear error", async () => {
  const { tensors } = bundle.parts["audio-ear"]!;
  const { "layers.2.fc1.weight": _, ...rest } = tensors;
  for (
    const [broken, reason] of [
      [await withEar(() => undefined), /^this bundle lacks its trained ear$/],
      [
        await withEar((ear) => ({ ...ear, model: "emofuse.cochlea/3" })),
        /^this bundle cannot be run: it holds no network that hears: its format is emofuse.cochlea\/3, and emofuse.whisper-encoder\/1 is known$/,
      ],
      [
        await withEar((ear) => ({ ...ear, tensors: rest })),
        /^this bundle cannot be run: an encoder of width 384 with 2 layers is none of Whisper's/,
      ],
      [
        await withEar((ear) => ({
          ...ear,
          tensors: { ...tensors, "conv1.weight#steps": { shape: [1], data: Float32Array.of(1) } },
        })),
        /^this bundle cannot be run: conv1.weight is stored in int8 and lacks conv1.weight#steps/,
      ],
    ] as const
  ) {
    await assert.rejects(
      () => loadRecognizer(broken),
      (error: unknown) => error instanceof BundleError && reason.test(error.message),
      String(reason),
    );
  }
});

Deno.test("an ear is a network: loadClassicalRecognizer() says who runs its bundle", async () => {
  await assert.rejects(
    () => loadClassicalRecognizer(bytes),
    (error: unknown) =>
      error instanceof BundleError && /ear is a network.*use loadRecognizer/.test(error.message),
  );
});

Deno.test("a stream that hears by an ear gives what predict() gives of each window", async () => {
  const recognizer = await loadRecognizer(bytes);
  const rate = recognizer.card.audio!.sampleRate;
  // Low for three seconds, then high; the end of it is a shorter window.
  const recording = new Float32Array(5.2 * rate);
  for (let i = 0; i < recording.length; i++) {
    const label = i < 3 * rate ? 0 : 1;
    recording[i] = PITCHES[label][i % PITCHES[label].length];
  }
  const expected = new Map<number, unknown>();
  for (const seconds of [0.1, 0.73]) {
    const stream = recognizer.stream({ windowSeconds: 4, hopSeconds: 0.5 });
    const given = [];
    const length = Math.round(seconds * rate);
    for (let at = 0; at < recording.length; at += length) {
      const samples = recording.slice(at, at + length);
      given.push(...stream.push({ time: at / rate, samples, sampleRate: rate }));
    }
    given.push(...stream.end());
    assert.deepEqual(given.map(({ start }) => start), [0, 0.5, 1, 1.5]);
    for (const { start, end, ...prediction } of given) {
      const samples = recording.subarray(Math.round(start * rate), Math.round(end * rate));
      const byHand = expected.get(start) ?? recognizer.predict({ samples, sampleRate: rate });
      expected.set(start, byHand);
      assert.deepEqual(prediction, byHand, `${start} to ${end}`);
    }
  }
  assert.notDeepEqual(expected.get(0), expected.get(1.5));
  recognizer.dispose();
});

/** Voices at the ear's rate. */
const PITCHES = ([0, 1] as const).map((label) => {
  const voice = tone(label);
  return Float32Array.from({ length: 2 * voice.length }, (_, i) => voice[i >> 1]);
});

Deno.test("a recogniser with an ear leaves no tensor behind", async () => {
  await initBackend();
  const { numTensors, numBytes } = tf.memory();
  const recognizer = await loadRecognizer(bytes);
  const loaded = tf.memory().numTensors;
  assert(loaded > numTensors);
  for (const label of [0, 1] as const) {
    recognizer.predict({ samples: tone(label), sampleRate: SAMPLE_RATE });
    assert.equal(tf.memory().numTensors, loaded);
  }
  recognizer.dispose();
  assert.deepEqual([tf.memory().numTensors, tf.memory().numBytes], [numTensors, numBytes]);
});
