import assert from "node:assert/strict";
import { EXPRESSIONS } from "../../models/expressions/expression.ts";
import { LogisticRegression } from "../../src/classify/linear/logistic_regression.ts";
import type { ModelState } from "../../src/classify/classifier.ts";
import type { SavedModel } from "../../src/classify/model_state.ts";
import { StandardScaler } from "../../src/classify/standard_scaler.ts";
import { EXPRESSION_PEAKS } from "../../src/features/expression_peaks.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import type { Geometry } from "../../src/pretrain/fit_geometry.ts";
import { geometryFace } from "../../src/pretrain/geometry_face.ts";
import { encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import { expressionFace } from "../../src/train/expression_face.ts";
import { loadBackbone } from "../../src/vision/load_backbone.ts";
import { cropFaces } from "../../src/vision/crop_faces.ts";
import { loadFaceDetector } from "../../src/vision/load_face_detector.ts";
import { LANDMARK_LEVELS, landmarkLevels } from "../../src/vision/landmarks/landmark_levels.ts";
import { trackFromEmbeddings } from "../../src/vision/landmarks/track_from_embeddings.ts";
import { testCard } from "../recognize/voice_bundle.ts";
import { paste, realFace } from "../vision/real_faces.ts";

/** Another order than the network's. */
const LABELS = EXPRESSIONS.toReversed();

const WIDTH = LANDMARK_LEVELS.length;

/** What was fitted to levels drawn by chance. */
function geometry(labels: readonly string[] = LABELS): Geometry {
  const random = new Random(3);
  const y = Int32Array.from({ length: 70 }, (_, i) => i % labels.length);
  const x = Matrix.fromRows(
    Array.from(y, (c) =>
      Array.from(
        { length: WIDTH },
        (_, f) => random.normal() + (f % labels.length === c ? 1 : 0),
      )),
  );
  const scaler = new StandardScaler();
  scaler.fit(x);
  const classifier = new LogisticRegression({ c: 0.01 });
  classifier.fit(scaler.transform(x), y, labels.length);
  const fitted = { scaler: scaler.state(), classifier: classifier.state() };
  return { labels, ...fitted, takes: y.length, speakers: 1 };
}

/** Probabilities of one clip's features by a scaler and a logistic regression. */
function proba(scaler: SavedModel, classifier: SavedModel, features: Float32Array): Float32Array {
  const x = StandardScaler.fromState(scaler).transform(
    new Matrix(1, features.length, features),
  );
  return LogisticRegression.fromState(classifier as ModelState).predictProba(x).data;
}

/** The normalised product of what a network and a geometry say, in the order of the network's labels. */
function multiplied(network: Float32Array, shape: Float32Array): number[] {
  const products = EXPRESSIONS.map((label, c) => network[c] * shape[LABELS.indexOf(label)]);
  const sum = products.reduce((a, b) => a + b);
  return products.map((p) => p / sum);
}

/** A film in which the face of a man turns into that of a woman. */
async function film() {
  const [height, width, n] = [256, 320, 10];
  const data = new Uint8Array(n * height * width * 3).fill(128);
  for (let i = 0; i < n; i++) {
    const frame = data.subarray(i * height * width * 3, (i + 1) * height * width * 3);
    paste(frame, width, await realFace(i < n / 2 ? "man" : "woman", 200), 60, 30);
  }
  return { data, n, height, width, fps: 10 };
}

/** What the two networks give for each frame of the film, placed as a recogniser does. */
async function seen() {
  const frames = await film();
  const { data, fps, ...shape } = frames;
  const detector = await loadFaceDetector();
  const [network, mesh] = [await loadBackbone("face-api"), await loadBackbone("landmarks")];
  const { frames: crops, ...crop } = cropFaces({ detector }, data, shape, fps);
  const size = { n: shape.n, height: crop.size, width: crop.size };
  const [rows, points] = [network.embed(crops, size), mesh.embed(crops, size)];
  for (const one of [detector, network, mesh]) one.dispose();
  return { frames, rows, points, track: trackFromEmbeddings(points, crop, fps)! };
}

const face = await geometryFace(geometry());
const bundle = await encodeBundle({
  card: testCard({ labels: EXPRESSIONS, video: face.card }),
  parts: face.parts,
});

function near({ probabilities }: Prediction, expected: readonly number[], tolerance: number): void {
  EXPRESSIONS.forEach((label, c) => {
    const off = Math.abs(probabilities[label] - expected[c]);
    assert.ok(off < tolerance, `${label}: ${probabilities[label]}, not ${expected[c]}`);
  });
}

Deno.test("geometryFace() says the product of what the network and the geometry say of the same looks", async () => {
  const { frames, rows, track } = await seen();
  const { parts } = await expressionFace({ network: "face-api" });
  const settings = { frames: 40, fps: 10, channels: 7 };
  const peaks = EXPRESSION_PEAKS.compute({ rows, featureSize: 7, fps: 10 }, settings).data;
  const network = proba(parts["video-scaler"]!, parts["video-classifier"]!, peaks);
  const { scaler, classifier } = geometry();
  const expected = multiplied(network, proba(scaler, classifier, landmarkLevels(track)));
  const recognizer = await loadRecognizer(bundle);
  near(recognizer.predict({ frames }), expected, 1e-4);
  const stream = recognizer.stream({ windowSeconds: 1, hopSeconds: 1 });
  const [streamed] = [...stream.push({ time: 0, frames }), ...stream.end()];
  near(streamed, expected, 0.02);
  recognizer.dispose();
});

Deno.test("geometryFace() without its networks takes what both gave for each frame, side by side", async () => {
  const { frames, rows, points } = await seen();
  const { featureSize } = face.card.backbone;
  assert.equal(featureSize, 7 + 137);
  const data = new Float32Array(frames.n * featureSize);
  for (let i = 0; i < frames.n; i++) {
    data.set(rows.subarray(i * 7, (i + 1) * 7), i * featureSize);
    data.set(points.subarray(i * 137, (i + 1) * 137), i * featureSize + 7);
  }
  const [whole, classical] = [await loadRecognizer(bundle), await loadClassicalRecognizer(bundle)];
  const { probabilities } = whole.predict({ frames });
  const said = classical.predict({ embeddings: { data, n: frames.n, fps: frames.fps } });
  near(said, EXPRESSIONS.map((label) => probabilities[label]), 0.02);
  whole.dispose();
});

Deno.test("a face that needs a mesh and has none is refused", async () => {
  const { "video-mesh": _, ...parts } = face.parts;
  const card = testCard({ labels: EXPRESSIONS, video: face.card });
  await assert.rejects(
    async () => await loadRecognizer(await encodeBundle({ card, parts })),
    (error: Error) => error instanceof BundleError && /need a face mesh/.test(error.message),
  );
});

Deno.test("geometryFace() refuses landmark files that show other labels than the network knows", async () => {
  await assert.rejects(
    () => geometryFace(geometry(["calm", ...LABELS])),
    /the landmark files show calm, neutral, .*; needed: angry, disgust/,
  );
});
