import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../src/recognize/input_error.ts";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import type { StreamChunk } from "../../src/recognize/recognizer.ts";
import { readWhole } from "../predict/read_whole.ts";
import type { RunPlaces } from "../../src/pipeline/config.ts";
import type { TrainingChoice } from "./train.ts";
import {
  BOTH,
  BOTH_SEEN,
  clipOf,
  decoder,
  distance,
  ear,
  loaded,
  SMALL,
  trainHere,
} from "./small_training.ts";

for (
  const [what, choice] of Object.entries<TrainingChoice & Pick<RunPlaces, "ear">>({
    "the face's embeddings": { config: { backbone: "faceres" } },
    "the whole picture": { config: { backbone: "faceres", crop: "none" }, fusion: "decision-vote" },
    "every second frame": { config: { frameStep: 2, frameFill: "interpolate" } },
    "landmarks": {
      config: BOTH_SEEN,
      fusion: "decision-weighted",
    },
    "the voice alone": { config: { modality: "audio" }, model: "svm-rbf" },
    "a trained ear": { config: { modality: "audio" }, model: "lda-shrinkage", ear },
    "a trained ear and the face": { config: BOTH_SEEN, ear },
    "the face alone": {
      config: { modality: "video", backbone: "landmarks" },
      model: "lda-shrinkage",
    },
    "stacking": { config: { ...BOTH, backbone: "landmarks" }, fusion: "decision-stacking" },
    "networks on MFCCs and a face head": { model: "cnn1d", recipe: "tutorial" },
    "networks on landmark sequences": {
      ...{ model: "mlp", recipe: "tutorial", config: { backbone: "landmarks" } },
    },
  })
) {
  Deno.test(`a bundle predicts what the pipeline's model does: ${what}`, async () => {
    const trained = await trainHere(choice);
    const exact = trained.exact();
    await loaded(trained, async (recognizer) => {
      for (const i of [0, exact.rows >> 1, exact.rows - 1]) {
        const { probabilities, modalities, used } = recognizer.predict(await clipOf(trained, i));
        assert(distance(probabilities, exact.row(i)) < 1e-5);
        for (const modality of used) {
          assert(distance(modalities[modality]!, trained.exactOf(modality).row(i)) < 1e-5);
        }
        assert.equal(used.length, choice.config?.modality ? 1 : 2);
      }
    });
  });
}

const LANDMARKS: TrainingChoice = { config: BOTH_SEEN };
const both = await trainHere(LANDMARKS);
const whole = await trainHere({ config: { backbone: "faceres", crop: "none" } });

Deno.test("the same clips and seed give the same bundle", async () => {
  const again = await trainHere(LANDMARKS);
  assert.deepEqual(again.bytes, both.bytes);
});

Deno.test("the card quotes the protocol's rows of the model itself, and the terms", () => {
  const { card, results } = both;
  assert.deepEqual(card.labels, ["calm", "angry"]);
  assert.deepEqual(
    card.protocol.rows.map(({ modality, model, fusion }) => [modality, model, fusion]),
    [
      ["audio", "logistic-regression", "none"],
      ["video", "logistic-regression", "none"],
      ["fused", "logistic-regression", "decision-product"],
    ],
  );
  const row = results.rows.find(({ fusion }) => fusion === "decision-product")!;
  assert.equal(card.protocol.rows[2].accuracy, row.test.accuracy);
  assert.deepEqual(card.protocol.rows[2].uarCi95, row.test.uarCi95);
  assert.deepEqual(card.calibration!.map(({ modality, n }) => [modality, n]), [
    ["audio", 12],
    ["video", 12],
    ["fused", 12],
  ]);
  assert(Math.abs(card.calibration![2].eceBefore - row.test.ece) < 1e-3);
  assert.equal(card.minConfidence, undefined);
  assert.equal(card.corpus.sha256, results.corpus.sha256);
  assert.equal(card.corpus.synthetic, true);
  assert.match(card.limits[0], /knows nothing of people/);
  assert.match(card.licence.weights, /landmarks: Apache-2.0/);
  assert.equal(card.video!.backbone.weightsSha256, results.backbone!.weightsSha256);
  assert.equal(card.rounding.samples, 12);
  assert.equal(card.rounding.changed, 0);
  assert(JSON.stringify(card).length < 20_000, "a card is a page, not a network");
});

Deno.test("a clip that lacks a modality is predicted by the other, and says so", async () => {
  await loaded(both, async (recognizer) => {
    const { samples, sampleRate, frames } = await clipOf(both, 0);
    const heard = recognizer.predict({ samples, sampleRate });
    assert(distance(heard.probabilities, both.exactOf("audio").row(0)) < 1e-5);
    assert.deepEqual([heard.used, heard.quality], [["audio"], []]);
    assert.equal(heard.fallback, "There is no picture: the prediction is the voice's alone");
    const seen = recognizer.predict({ frames });
    assert(distance(seen.probabilities, both.exactOf("video").row(0)) < 1e-5);
    assert.deepEqual([seen.used, Object.keys(seen.modalities)], [["video"], ["video"]]);
    assert.equal(seen.fallback, "There is no sound: the prediction is the face's alone");
  });
});

Deno.test("silence, pictures without a face and very short ones are left out, and flagged", async () => {
  const { samples, sampleRate, frames } = await clipOf(both, 0);
  const silence = new Float32Array(samples!.length);
  const dark = { ...frames!, data: new Uint8Array(frames!.data.length) };
  for (const trained of [both, whole]) {
    await loaded(trained, (recognizer) => {
      const mute = recognizer.predict({ samples: silence, sampleRate, frames });
      assert.deepEqual([mute.used, mute.quality], [["video"], ["silence"]]);
      const blind = recognizer.predict({ samples, sampleRate, frames: dark });
      assert.deepEqual([blind.used, blind.quality], [["audio"], ["no-face"]]);
      const length = frames!.height * frames!.width * 3;
      const brief = recognizer.predict({
        ...{ samples, sampleRate },
        frames: { ...frames!, n: 1, data: frames!.data.slice(0, length) },
      });
      assert.deepEqual([brief.used, brief.quality], [["audio"], ["too-short"]]);
      assert.throws(
        () => recognizer.predict({ samples: silence, sampleRate, frames: dark }),
        (error: unknown) =>
          error instanceof InputError &&
          /silent and the picture shows no face: nothing could be recognised/.test(error.message),
      );
      return Promise.resolve();
    });
  }
});

Deno.test("RGBA frames, and more frames than the model was trained on, give the same", async () => {
  await loaded(both, async (recognizer) => {
    const { frames } = await clipOf(both, 2);
    const { data, n, height, width, fps } = frames!;
    const expected = recognizer.predict({ frames });
    const rgba = new Uint8ClampedArray(n * height * width * 4).fill(77);
    for (let i = 0; i < n * height * width; i++) rgba.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
    assert.deepEqual(
      recognizer.predict({ frames: { ...frames!, data: rgba, channels: 4 } }),
      expected,
    );
    const length = height * width * 3;
    const twice = new Uint8Array(2 * data.length);
    for (let i = 0; i < 2 * n; i++) {
      const frame = i >> 1;
      twice.set(data.subarray(frame * length, (frame + 1) * length), i * length);
    }
    assert.deepEqual(
      recognizer.predict({ frames: { ...frames!, data: twice, n: 2 * n, fps: 2 * fps } }),
      expected,
    );
  });
});

Deno.test("embeddings stand for the frames they are of, without tfjs too", async () => {
  const { frames } = await clipOf(whole, 1);
  const { store, samples, networks: { backbone } } = whole.prepared;
  const { embeddings } = (await store.get(samples[1].picture!))!.tensors;
  const given = {
    data: embeddings.data as Float32Array,
    n: embeddings.shape[0],
    fps: SMALL.fps,
  };
  assert.equal(embeddings.shape[1], backbone!.featureSize(128, 227));
  const expected = await loaded(
    whole,
    (recognizer) => Promise.resolve(recognizer.predict({ frames })),
  );
  const classical = await loadClassicalRecognizer(whole.bytes);
  // Nobody looks at the face there.
  const { face, ...same } = expected;
  assert.deepEqual(face, { looks: 3, found: 3, several: 0, tilted: 0, doubtful: 0 });
  assert.deepEqual(classical.predict({ embeddings: given }), same);
  assert.throws(() => classical.predict({ frames }), /give it embeddings, not frames/);
  const short = { ...given, data: given.data.subarray(1) };
  assert.throws(() => classical.predict({ embeddings: short }), /need 4 x 1024 values, got 4095/);
  assert.throws(() => classical.predict({ embeddings: given, frames }), /one of the two/);
});

Deno.test("frames that arrive in pieces are predicted as all of them at once", async () => {
  await loaded(both, async (recognizer) => {
    const { path } = both.prepared.samples[0].sample.picture[0];
    const clip = await readWhole(decoder, path, both.card);
    const { data, n, height, width, fps } = clip.frames!;
    const length = height * width * 3;
    // Three times over: several windows of a second, and a rest.
    const film = new Uint8Array(3 * n * length);
    for (let i = 0; i < 3; i++) film.set(data.subarray(0, n * length), i * n * length);
    const frames = { data: film, n: 3 * n, height, width, fps };
    const expected = recognizer.predict({ frames });
    for (const step of [1, 5, 3 * n]) {
      const pieces = recognizer.pieces({ height, width, fps });
      for (let i = 0; i < 3 * n; i += step) {
        pieces.push(film.slice(i * length, Math.min(3 * n, i + step) * length));
      }
      assert.deepEqual(pieces.predict(), expected, `${step} frames a piece`);
    }
    const pieces = recognizer.pieces({ height, width, fps });
    assert.throws(() => pieces.push(film.subarray(0, length + 1)), /no whole frames of/);
    assert.throws(() => pieces.predict(), InputError);
    assert.throws(() => recognizer.pieces({ height, width, fps: 99 }), /fps is 99/);
  });
});

Deno.test("a stream of sound and picture gives what predict() gives of each window", async () => {
  await loaded(whole, async (recognizer) => {
    const { path } = whole.prepared.samples[0].sample.picture[0];
    const { samples, sampleRate, frames } = await readWhole(decoder, path, whole.card);
    const { n, height, width, fps } = frames!;
    const length = height * width * 3;
    const part = (from: number, to: number): StreamChunk => ({
      time: from,
      samples: samples!.slice(from * sampleRate!, to * sampleRate!),
      sampleRate,
      frames: {
        ...frames!,
        n: Math.min(n, to * fps) - from * fps,
        data: frames!.data.slice(from * fps * length, to * fps * length),
      },
    });
    const seconds = Math.floor(n / fps * 2) / 2;
    const predicted = new Map<number, Prediction>();
    for (const step of [0.25, 0.5, seconds]) {
      const stream = recognizer.stream({ windowSeconds: 1, hopSeconds: 0.5 });
      const given = [];
      for (let time = 0; time < seconds; time += step) {
        given.push(...stream.push(part(time, time + step)));
      }
      given.push(...stream.end());
      assert.equal(given.length, Math.round((seconds - 1) / 0.5) + 1);
      for (const { start, end, face, ...prediction } of given) {
        const { time: _, ...window } = part(start, end);
        const { face: _looks, ...expected } = predicted.get(start) ?? recognizer.predict(window);
        predicted.set(start, expected);
        assert.deepEqual(prediction, expected, `${start} to ${end}`);
        // The end of a window begins another look: there may be other numbers of them.
        assert(face!.looks > 0 && face!.found === face!.looks);
      }
    }
  });
});

Deno.test("a stream that follows a face gives nearly what predict() gives of each window", async () => {
  await loaded(both, async (recognizer) => {
    const { path } = both.prepared.samples[0].sample.picture[0];
    const { frames } = await readWhole(decoder, path, both.card);
    const stream = recognizer.stream({ windowSeconds: 2, hopSeconds: 0.5 });
    const given = [...stream.push({ time: 0, frames }), ...stream.end()];
    assert(given.length >= 2);
    const length = frames!.height * frames!.width * 3;
    for (const { start, end, probabilities, used } of given) {
      const [from, to] = [start, end].map((time) => Math.round(time * frames!.fps));
      const data = frames!.data.subarray(from * length, to * length);
      const byHand = recognizer.predict({
        frames: { ...frames!, n: data.length / length, data: data.slice() },
      });
      assert.deepEqual(used, ["video"]);
      const difference = Math.abs(probabilities.calm - byHand.probabilities.calm);
      // The stream's crop follows the face; predict() takes one crop for all of a clip up to a window.
      assert(difference < 0.25, `${start} to ${end}: ${difference}`);
    }
  });
});

/** Tensors and their bytes. */
const tensors = () => [tf.memory().numTensors, tf.memory().numBytes];

/** The size of tfjs's heap, which can only grow. */
function heap(): number {
  const { wasm } = tf.backend() as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } };
  return wasm.asm.memory.buffer.byteLength;
}

Deno.test("recognisers leave no tensor behind, however often they predict and are loaded", async () => {
  const { samples, sampleRate, frames } = await clipOf(both, 0);
  await loaded(both, () => Promise.resolve());
  const before = tensors();
  const heaps: number[] = [];
  for (let load = 0; load < 5; load++) {
    await loaded(both, (recognizer) => {
      recognizer.predict({ samples, sampleRate, frames });
      const loaded = tensors();
      for (let i = 0; i < 6; i++) recognizer.predict({ samples, sampleRate, frames });
      const stream = recognizer.stream({ hopSeconds: 1 });
      for (let time = 0; time < 5; time++) stream.push({ time, samples, sampleRate, frames });
      stream.dispose();
      assert.deepEqual(tensors(), loaded);
      return Promise.resolve();
    });
    heaps.push(heap());
  }
  assert.deepEqual(tensors(), before);
  // The first loads find out how much is needed at once.
  assert.deepEqual(heaps.slice(2), heaps.slice(2).fill(heaps[2]));
});
