import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { InputError } from "../../src/recognize/input_error.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import { readLandmarks } from "../../src/vision/landmarks/read_landmarks.ts";
import { findMedia } from "../../src/corpus/scan.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { readWhole } from "../predict/read_whole.ts";
import { createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { tinyEar } from "../models/tiny_ear.ts";
import { landmarkCsv } from "../vision/landmark_csv.ts";
import { decoder, distance, loaded } from "./small_training.ts";
import { train, type Trained, type TrainingChoice } from "./train.ts";

const dir = await Deno.makeTempDir({ prefix: "emofuse-test-" });
globalThis.addEventListener("unload", () => Deno.removeSync(dir, { recursive: true }));
const corpus = await syntheticCorpus(2);

/** A file for each take of the corpus: whoever is angry opens the mouth wide, each a little differently. */
const landmarks = join(dir, "landmarks");
await Deno.mkdir(landmarks);
for (const [i, file] of (await findMedia(corpus)).media.entries()) {
  const name = basename(file).replace(/\.mp4$/, ".csv");
  const opens = (name.slice(6, 8) === "05" ? 15 : 4) + i % 5;
  await Deno.writeTextFile(join(landmarks, name), landmarkCsv({ frames: 45, opens, lost: [3] }));
}

const FILES = {
  seconds: 1,
  fps: 4,
  backbone: "landmarks",
  landmarks: "files",
  crop: "none",
} as const;

function trainHere({ ear, ...choice }: TrainingChoice & { ear?: string } = {}): Promise<Trained> {
  return train(
    { data: corpus, out: join(dir, "run"), store: join(dir, "store"), landmarks, workers: 1, ear },
    { ...choice, config: { ...FILES, ...choice.config } },
  );
}

/** The clip of sample number `i` with its landmarks, as the bundle wants it. */
async function clipOf({ prepared, card }: Trained, i: number): Promise<ClipInput> {
  const { sound, landmarks } = prepared.samples[i].sample;
  const { track } = await readLandmarks(landmarks!.path);
  const heard = card.audio ? await readWhole(decoder, sound[0].path, card, FILES.seconds) : {};
  return { ...heard, frames: undefined, landmarks: cut(track, FILES.seconds) };
}

/** The frames of the first seconds. */
function cut(
  { points, timestamps, found }: Required<NonNullable<ClipInput["landmarks"]>>,
  seconds: number,
) {
  const n = timestamps.filter((time) => time < seconds).length;
  return {
    points: points.slice(0, n * 136),
    timestamps: timestamps.slice(0, n),
    found: found.slice(0, n),
  };
}

const ear = await tinyEar();
for (
  const [what, choice] of Object.entries<TrainingChoice & { ear?: string }>({
    "voice and face": {},
    "the face alone": { config: { modality: "video" }, model: "lda-shrinkage" },
    "a trained ear and the face": { ear },
    "a network on sequences": { config: { modality: "video" }, model: "mlp", recipe: "tutorial" },
  })
) {
  Deno.test(`a bundle trained on landmark files predicts what the pipeline does: ${what}`, async () => {
    const trained = await trainHere(choice);
    const exact = trained.exact();
    await loaded(trained, async (recognizer) => {
      for (const i of [0, exact.rows >> 1, exact.rows - 1]) {
        const { probabilities, used } = recognizer.predict(await clipOf(trained, i));
        assert(distance(probabilities, exact.row(i)) < 1e-5, `sample ${i}`);
        assert.equal(used.length, choice.config?.modality ? 1 : 2);
      }
    });
  });
}

const both = await trainHere();
const seen = await trainHere({ config: { modality: "video" } });

Deno.test("a bundle trained on landmark files holds no network, and its card says what it goes by", async () => {
  const { parts } = await decodeBundle(both.bytes);
  assert.deepEqual(
    Object.keys(parts).sort(),
    ["audio-classifier", "audio-scaler", "video-classifier", "video-scaler"],
  );
  const { card } = both;
  assert.equal(card.video, undefined);
  assert.deepEqual(card.landmarks, {
    features: "landmarks",
    featureSize: 1152,
    model: "logistic-regression",
    fps: 4,
  });
  assert(card.limits.some((limit) => /goes by landmark files .* takes no pictures/.test(limit)));
  assert.deepEqual(card.protocol.rows.map(({ modality }) => modality), ["audio", "video", "fused"]);
  assert(seen.card.protocol.rows[0].accuracy > 0.9, "mouths tell the two labels");
  assert.doesNotMatch(card.licence.weights, /landmarks: /);
});

Deno.test("what a rounded ear costs beside landmark files is measured on clips", async () => {
  const { card } = await trainHere({ ear, dtype: "int8" });
  assert.equal(card.rounding.through, "clips");
  assert(card.rounding.samples >= 8);
});

Deno.test("pictures are left out of a bundle trained on landmark files, and it says why", async () => {
  const { sound } = both.prepared.samples[0].sample;
  const recognizer = await loadClassicalRecognizer(both.bytes);
  const clip = await clipOf(both, 0);
  const n = 8;
  const frames = { data: new Uint8Array(n * 32 * 32 * 3), n, width: 32, height: 32, fps: 4 };
  const { landmarks: _, ...heard } = clip;
  const prediction = recognizer.predict({ ...heard, frames });
  assert.deepEqual(prediction.used, ["audio"]);
  assert.equal(
    prediction.fallback,
    "There are no landmarks of the face, which this model needs (it takes no pictures): the " +
      "prediction is the voice's alone",
  );
  assert.throws(
    () => recognizer.predict({ frames }),
    (error) =>
      error instanceof InputError && /takes no pictures\): nothing could/.test(error.message),
  );
  const stream = recognizer.stream({ windowSeconds: 1 });
  const windows = [...stream.push({ time: 0, ...heard, frames }), ...stream.end()];
  assert(windows.length > 0 && windows.every(({ fallback }) => /no landmarks/.test(fallback!)));
  assert.match(sound[0].path, /\.mp4$/, "a film, of which the picture is not decoded");
});

Deno.test("a longer track is predicted as the mean of its windows, each filled by itself", async () => {
  const recognizer = await loadClassicalRecognizer(seen.bytes);
  const { landmarks } = await clipOf(seen, 0);
  const { landmarks: other } = await clipOf(seen, seen.prepared.samples.length - 1);
  const later = other!.timestamps.map((time) => time + 1);
  const film = {
    points: Float32Array.of(...landmarks!.points, ...other!.points),
    timestamps: Float64Array.of(...landmarks!.timestamps, ...later),
    found: Uint8Array.of(...landmarks!.found!, ...other!.found!),
  };
  const [first, second] = [landmarks, other].map((landmarks) =>
    recognizer.predict({ landmarks }).probabilities
  );
  const whole = recognizer.predict({ landmarks: film }).probabilities;
  for (const [label, p] of Object.entries(whole)) {
    assert(Math.abs(p - (first[label] + second[label]) / 2) < 1e-5, label);
  }
});

Deno.test("landmarks without a face, and of a moment, are flaws; impossible ones are refused by name", async () => {
  const recognizer = await loadClassicalRecognizer(seen.bytes);
  const { landmarks } = await clipOf(seen, 0);
  const { points, timestamps, found } = landmarks!;
  const refuses = (landmarks: ClipInput["landmarks"], message: RegExp) =>
    assert.throws(
      () => recognizer.predict({ landmarks }),
      (error) => error instanceof InputError && message.test(error.message),
    );
  refuses({ points, timestamps, found: found!.map(() => 0) }, /^The landmarks show no face/);
  refuses(cut({ points, timestamps, found: found! }, 0.3), /^The landmarks are too short/);
  refuses({ points: points.subarray(1), timestamps }, /need 30 x 68 x 2 values, got 4079/);
  refuses({ points, timestamps: timestamps.toReversed() }, /timestamps\[1\] is .*increasing/);
  refuses({ points, timestamps: timestamps.with(29, NaN) }, /timestamps\[29\] is NaN/);
  refuses({ points, timestamps, found: new Uint8Array(3) }, /found must be .* 30 values/);
  refuses({ points: [...points] as unknown as Float32Array, timestamps }, /must be a Float32Array/);
  assert.throws(() => recognizer.predict({}), /frames, embeddings or landmarks/);
});

Deno.test("a person is enrolled by landmarks, too", async () => {
  const recognizer = await loadClassicalRecognizer(seen.bytes);
  const clips = await Promise.all([0, 1, 2].map((i) => clipOf(seen, i)));
  const enrolment = recognizer.enrol(clips);
  assert.equal(enrolment.video!.clips, 3);
  const known = recognizer.predict(clips[0], { enrolment }).probabilities;
  assert.notDeepEqual(known, recognizer.predict(clips[0]).probabilities);
});

Deno.test("the service refuses a model that goes by landmark files alone", async () => {
  const recognizer = await loadClassicalRecognizer(seen.bytes);
  assert.throws(
    () => createApp({ runner: new InlineRunner(recognizer, serveLimits()) }),
    (error) => error instanceof BundleError && /landmark files alone/.test(error.message),
  );
});
