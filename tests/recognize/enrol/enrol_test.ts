import assert from "node:assert/strict";
import { classicalFromState } from "../../../src/classify/classical_registry.ts";
import { LogisticRegression } from "../../../src/classify/linear/logistic_regression.ts";
import { StandardScaler } from "../../../src/classify/standard_scaler.ts";
import { loadDsp } from "../../../src/audio/load_dsp.ts";
import { voiceStatistics } from "../../../src/audio/voice_statistics.ts";
import { Matrix } from "../../../src/numeric/matrix.ts";
import { decodeBundle } from "../../../src/recognize/bundle/bundle.ts";
import type { Enrolment } from "../../../src/recognize/enrol/enrolment.ts";
import { InputError } from "../../../src/recognize/input_error.ts";
import { loadClassicalRecognizer } from "../../../src/recognize/load_classical_recognizer.ts";
import { loadRecognizer } from "../../../src/recognize/load_recognizer.ts";
import { ModalityModel } from "../../../src/recognize/modality_model.ts";
import { fitTones, SAMPLE_RATE, tone, voiceBundle } from "../voice_bundle.ts";

const bundle = await voiceBundle();
const recognizer = await loadClassicalRecognizer(bundle);
const clipOf = (samples: Float32Array) => ({ samples, sampleRate: SAMPLE_RATE });
/** A person of high voice, whose calm others would take for anger. */
const clips = [0, 1, 2].map((variant) => clipOf(tone(1, 2, variant)));
const enrolment = recognizer.enrol(clips);
const { audio } = enrolment;

/** The tones' own model on features that are shifted by a share of the speaker's mean. */
async function shifted(samples: Float32Array, mean: ArrayLike<number>, share: number) {
  const dsp = await loadDsp();
  const { scaler, classifier } = fitTones(dsp);
  const features = voiceStatistics(dsp, samples, { sampleRate: SAMPLE_RATE });
  const scaled = scaler.transform(Matrix.fromRows([features]));
  scaled.data.forEach((value, f) => scaled.data[f] = value - share * mean[f]);
  return classifier.predictProba(scaled).data;
}

Deno.test("an enrolment is the mean of the clips' normalised features", async () => {
  const dsp = await loadDsp();
  const { scaler } = fitTones(dsp);
  const rows = clips.map(({ samples }) =>
    voiceStatistics(dsp, samples, { sampleRate: SAMPLE_RATE })
  );
  const scaled = scaler.transform(Matrix.fromRows(rows));
  assert.equal(audio!.clips, 3);
  assert.equal(audio!.mean.length, scaled.cols);
  audio!.mean.forEach((value, f) => {
    const mean = (scaled.row(0)[f] + scaled.row(1)[f] + scaled.row(2)[f]) / 3;
    assert.ok(Math.abs(value - mean) < 6e-4, `${f}: ${value} ${mean}`);
  });
  assert.equal(enrolment.bundle, (await decodeBundle(bundle)).sha256);
});

Deno.test("a prediction with an enrolment is that of features from which the speaker is taken", async () => {
  const samples = tone(1, 2, 4);
  const stranger = recognizer.predict(clipOf(samples));
  const known = recognizer.predict(clipOf(samples), { enrolment });
  const [, angry] = await shifted(samples, audio!.mean, 3 / (3 + 5));
  assert.ok(Math.abs(known.probabilities.angry - angry) < 1e-5);
  assert.ok(known.probabilities.angry < stranger.probabilities.angry - 0.05);
  assert.deepEqual(recognizer.predict(clipOf(samples)), stranger, "nothing is remembered");
});

Deno.test("an enrolment survives JSON, and goes with streams, pieces and the other loader", async () => {
  const read = JSON.parse(JSON.stringify(enrolment)) as Enrolment;
  assert.deepEqual(read, enrolment);
  const clip = clipOf(tone(1, 2, 4));
  const known = recognizer.predict(clip, { enrolment: read });
  const stream = recognizer.stream({ windowSeconds: 2, enrolment: read });
  const [window] = [...stream.push({ time: 0, ...clip }), ...stream.end()];
  assert.deepEqual(window.probabilities, known.probabilities);
  const shape = { width: 8, height: 8, fps: 30 };
  assert.deepEqual(recognizer.pieces(shape, { enrolment: read }).predict(clip), known);
  assert.deepEqual(recognizer.pieces(shape).enrol(clips[0]), recognizer.enrol([clips[0]]));
  const other = await loadRecognizer(bundle);
  assert.deepEqual(other.enrol(clips), enrolment);
  assert.deepEqual(other.predict(clip, { enrolment }), known);
  other.dispose();
});

Deno.test("a former enrolment is continued, and a long clip counts as several", () => {
  const [first, ...rest] = clips;
  const continued = recognizer.enrol(rest, recognizer.enrol([first]));
  assert.equal(continued.audio!.clips, 3);
  continued.audio!.mean.forEach((value, f) =>
    assert.ok(Math.abs(value - audio!.mean[f]) < 2e-3, `${f}`)
  );
  assert.equal(recognizer.enrol([clipOf(tone(0, 20))]).audio!.clips, 5);
});

Deno.test("what says nothing does not count; where nothing is left it is an error", () => {
  const silence = clipOf(new Float32Array(2 * SAMPLE_RATE));
  assert.deepEqual(recognizer.enrol([silence, ...clips, clipOf(tone(0, 0.3))]), enrolment);
  const refused = (reason: RegExp) => (error: unknown) =>
    error instanceof InputError && reason.test(error.message);
  assert.throws(() => recognizer.enrol([silence]), refused(/nobody can be enrolled .*: silence$/));
  assert.throws(() => recognizer.enrol([]), refused(/there is nothing to use/));
  assert.throws(() => recognizer.enrol([{}]), refused(/nothing to recognise/));
  const holed = clipOf(tone(0));
  holed.samples[70] = NaN;
  assert.throws(() => recognizer.enrol([holed]), refused(/sample 70 is NaN/));
});

Deno.test("an enrolment that is none, of another bundle or of impossible numbers is refused in one line", async () => {
  const clip = clipOf(tone(0));
  const { clips: n, mean } = audio!;
  const wrong: [unknown, RegExp][] = [
    ["me", /the enrolment is not an object/],
    [null, /the enrolment is not an object/],
    [{ ...enrolment, schema: "emofuse.enrolment/2" }, /has the layout "emofuse.enrolment\/2" and/],
    [{}, /has the layout undefined/],
    [{ ...enrolment, bundle: "ab" }, /is of the bundle "ab" and this one is "[0-9a-f]{64}"/],
    [{ ...enrolment, audio: undefined }, /neither a voice nor a face/],
    [{ ...enrolment, audio: null }, /audio.clips is undefined/],
    [{ ...enrolment, audio: { clips: 0, mean } }, /audio.clips is 0; allowed/],
    [{ ...enrolment, audio: { clips: 1.5, mean } }, /audio.clips is 1.5; allowed/],
    [{ ...enrolment, audio: { clips: n, mean: mean.slice(1) } }, /must be a list of \d+ numbers/],
    [
      { ...enrolment, audio: { clips: n, mean: mean.with(7, "1" as unknown as number) } },
      /audio.mean\[7\] is "1"/,
    ],
    [{ ...enrolment, audio: { clips: n, mean: mean.with(7, NaN) } }, /audio.mean\[7\]/],
    [
      { ...enrolment, video: { clips: 1, mean: [0] } },
      /has video, which this bundle does not know/,
    ],
  ];
  for (const [given, reason] of wrong) {
    const enrolment = given as Enrolment;
    const refused = (error: unknown) => error instanceof InputError && reason.test(error.message);
    assert.throws(() => recognizer.predict(clip, { enrolment }), refused, `${reason}`);
    assert.throws(() => recognizer.stream({ enrolment }), refused);
    assert.throws(() => recognizer.enrol([clip], enrolment), refused);
  }
  const other = await loadClassicalRecognizer(await voiceBundle("float16"));
  assert.throws(() => other.predict(clip, { enrolment }), /enrol anew/);
});

Deno.test("of a sequence a speaker is known by the mean frame, and taken from every frame", () => {
  const frames = Matrix.fromRows([[1, 10], [3, 30]]);
  const scaler = new StandardScaler();
  scaler.fit(frames);
  const x = Matrix.fromRows([[-1, -1, -1, 0], [1, 1, 1, 0], [-2, 0, 0, 1], [2, 1, 0, 0]]);
  const classifier = new LogisticRegression();
  classifier.fit(x, Int32Array.of(0, 1, 0, 1), 2);
  const model = ModalityModel.from({
    scaler: scaler.state(),
    classifier: classifier.state(),
    featureSize: 4,
    nClasses: 2,
    restore: classicalFromState,
  });
  // Two frames of two channels, whose means are 2 and 20 and deviations 1 and 10.
  const sequence = Float32Array.of(3, 40, 5, 20);
  assert.equal(model.channels, 2);
  assert.deepEqual([...model.describe(sequence)], [2, 1]);
  const shifted = classifier.predictProba(Matrix.fromRows([[1 - 0.5, 2 + 1, 3 - 0.5, 0 + 1]]));
  assert.deepEqual(model.probabilities(sequence, Float64Array.of(0.5, -1)), shifted.data);
});
