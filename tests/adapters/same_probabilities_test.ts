import assert from "node:assert/strict";
import { join } from "node:path";
import { type EdgeModel, MODEL_FILE } from "../../adapters/bundle/edge_files.ts";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { startWorkerd } from "../../adapters/workerd/start_workerd.ts";
import type { ClipInput } from "../../src/recognize/clip_input.ts";
import { encodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import { Browser } from "../browser.ts";
import { type Need, testWith } from "../needs.ts";
import { assertSame } from "./compare_predictions.ts";
import { earBundle } from "../recognize/ear_bundle.ts";
import { SAMPLE_RATE, tone } from "../recognize/voice_bundle.ts";
import { oddSenses } from "../train/face_bundle.ts";
import { edgeFilesOnce } from "./edge_files_once.ts";
import { faceScenes } from "./face_scenes.ts";
import { memo } from "../memo.ts";
import { serveFolder } from "./serve_folder.ts";
import { startNode } from "./start_node.ts";
import { testClips } from "./test_clips.ts";
import { audioModel, audioVisualModel, unseenEmbeddings } from "./test_models.ts";
import { wireClip } from "./wire_clip.ts";

/** A model, clips for it and what Deno makes of them. */
interface Case {
  readonly model: EdgeModel;
  readonly clips: readonly ClipInput[];
  readonly expected: readonly Prediction[];
}

const CASES: Readonly<Record<string, () => Promise<Case>>> = {
  "an audio-only model": memo(async () => {
    const { samples, sampleRate } = (await testClips()).unseen;
    return predicted(await audioModel(), [{ samples, sampleRate }]);
  }),
  "a model with a trained ear": memo(async () => {
    const bundle = await earBundle();
    // The second is longer than a window.
    const clips = [tone(0, 1.7, 2.5), tone(1, 6, 3.5)]
      .map((samples) => ({ samples, sampleRate: SAMPLE_RATE }));
    return predicted({ bytes: await encodeBundle(bundle), card: bundle.card }, clips);
  }),
  "an audio-visual model": memo(async () => {
    const { samples, sampleRate, frames } = (await testClips()).unseen;
    return predicted(await audioVisualModel(), [
      { samples, sampleRate, frames },
      { frames },
      { samples, sampleRate, embeddings: await unseenEmbeddings() },
    ]);
  }),
  "a voice and a face that each know labels of their own": memo(async () => {
    const { alone } = await faceScenes();
    const voice = { samples: tone(1, 2, 3.5), sampleRate: SAMPLE_RATE };
    const work = await predicted(await oddSenses(), [{ frames: alone, ...voice }, voice], -1);
    assert.deepEqual(work.expected.map(({ unknown }) => unknown?.length), [undefined, 6]);
    return work;
  }),
  "an audio-visual model and odd faces": memo(async () => {
    const { bystander, cut, late, upsideDown } = await faceScenes();
    const clips = [bystander, cut, late, upsideDown].map((frames) => ({ frames }));
    const work = await predicted(await audioVisualModel(), clips, 0);
    assert.deepEqual(work.expected.map(({ quality }) => quality), [
      ...[["several-faces"], [], ["face-missing"], ["face-tilted"]],
    ]);
    return work;
  }),
};

async function predicted(
  model: EdgeModel,
  clips: readonly ClipInput[],
  least = 0.01,
): Promise<Case> {
  const recognizer = await loadRecognizer(model.bytes);
  const expected = clips.map((clip) => recognizer.predict(clip));
  recognizer.dispose();
  for (const { probabilities } of expected) {
    // Near 0 or 1 all runtimes would seem to agree.
    const values = Object.values(probabilities);
    assert.ok(values.every((p) => p > least && p < 1 - least), `${values}`);
  }
  return { model, clips, expected };
}

/** Declares a test for each model; `run` gives the predictions of a runtime. */
async function runtimeTest(
  runtime: string,
  need: Need,
  run: (work: Case, dir: string) => Promise<Prediction[]>,
): Promise<void> {
  for (const [name, makeCase] of Object.entries(CASES)) {
    await testWith(
      [need],
      `${runtime} gives the probabilities that Deno gives, with ${name}`,
      async () => {
        const work = await makeCase();
        const dir = await Deno.makeTempDir();
        try {
          const predictions = await run(work, dir);
          assert.equal(predictions.length, work.clips.length);
          predictions.forEach((prediction, i) => assertSame(prediction, work.expected[i]));
        } finally {
          await Deno.remove(dir, { recursive: true });
        }
      },
    );
  }
}

async function postAll(url: string, clips: readonly ClipInput[]): Promise<Prediction[]> {
  const predictions: Prediction[] = [];
  for (const clip of clips) {
    const response = await fetch(`${url}/v1/predict`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: wireClip(clip),
    });
    const text = await response.text();
    assert.equal(response.status, 200, text);
    predictions.push(JSON.parse(text));
  }
  return predictions;
}

await runtimeTest("Node", "node", async ({ model, clips }, dir) => {
  await writeFolder(join(dir, "node"), await edgeFilesOnce("node", model));
  const server = await startNode(join(dir, "node"), MODEL_FILE);
  try {
    return await postAll(server.url, clips);
  } finally {
    assert.deepEqual(await server.stop(), { code: 0, said: "" });
  }
});

await runtimeTest("workerd", "workerd", async ({ model, clips }, dir) => {
  await writeFolder(join(dir, "workerd"), await edgeFilesOnce("workerd", model));
  const workerd = await startWorkerd(join(dir, "workerd"));
  try {
    return await postAll(workerd.url, clips);
  } finally {
    await workerd.stop();
  }
});

/** Predicts in the page and in its Web Worker, after fetching the clips as JSON. */
const IN_PAGE = `(async () => {
  const { loadRecognizer, WorkerRecognizer } = await import("./emofuse.js");
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const floats = (text) => new Float32Array(bytes(text).buffer);
  const clips = (await (await fetch("clips.json")).json()).map((clip) => ({
    ...clip,
    ...(clip.samples && { samples: floats(clip.samples) }),
    ...(clip.frames && { frames: { ...clip.frames, data: bytes(clip.frames.data) } }),
    ...(clip.embeddings && { embeddings: { ...clip.embeddings, data: floats(clip.embeddings.data) } }),
  }));
  const url = new URL("model.emofuse", location.href);
  const recognizer = await loadRecognizer(url);
  const worker = await WorkerRecognizer.load(url);
  const here = clips.map((clip) => recognizer.predict(clip));
  const there = [];
  for (const clip of clips) there.push(await worker.predict(clip));
  const enrolments = [recognizer.enrol(clips), await worker.enrol(clips)];
  const [clip] = clips;
  const known = [
    recognizer.predict(clip, { enrolment: enrolments[0] }),
    await worker.predict(clip, { enrolment: enrolments[1] }),
  ];
  worker.dispose();
  return { here, there, enrolments, known };
})()`;

await runtimeTest(
  "Chromium",
  "chromium",
  async ({ model, clips, expected }, dir) => {
    await writeFolder(join(dir, "browser"), await edgeFilesOnce("browser", model));
    const server = serveFolder(join(dir, "browser"), {
      "/empty.html": () =>
        new Response("<!doctype html><title>empty</title>", {
          headers: { "content-type": "text/html" },
        }),
      "/clips.json": () => new Response(`[${clips.map(wireClip).join()}]`),
    });
    const browser = await Browser.start();
    try {
      await browser.open(`${server.url}empty.html`, { width: 800, scheme: "light" });
      const { here, there, enrolments, known } = await browser.evaluate(IN_PAGE);
      assert.deepEqual(enrolments[1], enrolments[0]);
      assertSame(known[1], known[0]);
      assert.notDeepEqual(known[0].probabilities, here[0].probabilities);
      there.forEach((prediction: Prediction, i: number) => assertSame(prediction, expected[i]));
      return here;
    } finally {
      await browser.close();
      await server.close();
    }
  },
);
