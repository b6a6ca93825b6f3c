import assert from "node:assert/strict";
import { EXPRESSIONS } from "../../models/expressions/expression.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { predictClips } from "../../src/predict/predict_clips.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { expressionFace, type ExpressionFaceOptions } from "../../src/train/expression_face.ts";
import { ravdessTest } from "../ravdess.ts";
import { paste, realFace } from "../vision/real_faces.ts";
import { faceBundle } from "./face_bundle.ts";

/** A still film of a face. */
async function film(name: "man" | "woman" | "blonde") {
  const side = 200;
  const [height, width, n] = [256, 320, 8];
  const frame = new Uint8Array(height * width * 3).fill(128);
  paste(frame, width, await realFace(name, side), 60, 30);
  const data = new Uint8Array(n * frame.length);
  for (let i = 0; i < n; i++) data.set(frame, i * frame.length);
  return { data, n, height, width, fps: 10 };
}

Deno.test("a bundle of the expression network as it is tells expressions of photographs", async () => {
  const recognizer = await loadRecognizer(await faceBundle("float32"));
  for (const name of ["man", "woman", "blonde"] as const) {
    const { label, probabilities, face } = recognizer.predict({ frames: await film(name) });
    assert.deepEqual(Object.keys(probabilities), [...EXPRESSIONS]);
    assert(["happy", "neutral"].includes(label), `${name} looks ${label}`);
    assert.equal(face!.found, face!.looks);
  }
  recognizer.dispose();
});

Deno.test("a bundle of the expression network is small, and whole numbers change little", async () => {
  const { parts } = await expressionFace();
  assert.deepEqual(Object.keys(parts).sort(), [
    ...["video-backbone", "video-classifier", "video-detector", "video-mesh", "video-scaler"],
  ]);
  const frames = await film("woman");
  const [exact, rounded] = await Promise.all(
    (["float32", "int8"] as const).map(async (dtype) => {
      const bundle = await faceBundle(dtype);
      assert(bundle.length < (dtype === "int8" ? 2.6e6 : 3.2e6), `${bundle.length}`);
      const recognizer = await loadRecognizer(bundle);
      const { probabilities } = recognizer.predict({ frames });
      recognizer.dispose();
      return probabilities;
    }),
  );
  for (const label of EXPRESSIONS) assert(Math.abs(exact[label] - rounded[label]) < 0.05);
});

/** What a face without training says of strongly acted clips of RAVDESS's actor 05, two of each emotion. */
async function likeliest(
  dir: string,
  emotions: readonly string[],
  options: ExpressionFaceOptions = {},
): Promise<string[]> {
  const clips = emotions.flatMap((emotion) =>
    ["01", "02"].map((repetition) => `01-01-${emotion}-02-01-${repetition}-05.mp4`)
  ).map((file) => ({ file, path: `${dir}/crops/Actor_05/${file}` }));
  const recognizer = await loadRecognizer(await faceBundle("float32", options));
  const decoder = await createDecoder("wasm");
  const labels: string[] = [];
  try {
    for await (const outcome of predictClips(recognizer, decoder, clips)) {
      const [part] = outcome.parts;
      assert("prediction" in part);
      assert(!part.prediction.used.includes("audio"));
      labels.push(part.prediction.likeliest);
    }
  } finally {
    await decoder.close();
    recognizer.dispose();
  }
  return labels;
}

ravdessTest(
  "the expression network as it is knows happy and surprised faces of RAVDESS",
  async (dir) => {
    const labels = await likeliest(dir, ["03", "08"]);
    assert.deepEqual(labels, ["happy", "happy", "surprised", "surprised"]);
  },
);

ravdessTest(
  "the network of face-api as it is knows happy, angry and fearful faces of RAVDESS",
  async (dir) => {
    const labels = await likeliest(dir, ["03", "05", "06"], { network: "face-api" });
    assert.deepEqual(labels, ["happy", "happy", "angry", "angry", "fearful", "fearful"]);
  },
);
