import assert from "node:assert/strict";
import { join } from "node:path";
import { createDecoder } from "../../../src/media/create_decoder.ts";
import { encodeClip } from "../../../src/media/encode_clip.ts";
import { findFaces } from "../../../src/predict/faces/find_faces.ts";
import { predictFaces } from "../../../src/predict/faces/predict_faces.ts";
import type { ReadingPlan } from "../../../src/predict/plan_reading.ts";
import type { ClipInput } from "../../../src/recognize/clip_input.ts";
import type { Recognizer } from "../../../src/recognize/recognizer.ts";
import { loadFaceDetector } from "../../../src/vision/load_face_detector.ts";
import { testWith } from "../../needs.ts";
import { ravdessDir } from "../../ravdess.ts";
import { withFolder } from "../../with_folder.ts";
import { testCard } from "../../recognize/voice_bundle.ts";
import { prediction } from "../results/some_results.ts";

/** Two real faces: one in colour, one in shades of grey. */
const FACES = ["Actor_05/01-01-02-01-01-01-05.mp4", "Actor_01/01-01-05-02-01-01-01.mp4"];

const [SIDE, FPS, SECONDS, RATE] = [224, 5, 3, 8000];

/** Frames of two clips side by side on grey, [n, 288, 2 x 288, 3]. */
function beside(clips: readonly Uint8Array[], n: number) {
  const [height, width, edge] = [288, 576, 32];
  const frames = new Uint8Array(n * height * width * 3).fill(128);
  clips.forEach((clip, c) => {
    for (let row = 0; row < n * SIDE; row++) {
      const [frame, y] = [Math.floor(row / SIDE), row % SIDE];
      const at = ((frame * height + y + edge) * width + c * 288 + edge) * 3;
      frames.set(clip.subarray(row * SIDE * 3, (row + 1) * SIDE * 3), at);
    }
  });
  return { frames, height, width };
}

/** How colourful pixels are: the mean distance of the channels red and blue. */
function colour(pixels: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 3) sum += Math.abs(pixels[at] - pixels[at + 2]);
  return 3 * sum / pixels.length;
}

await testWith(
  ["ravdess"],
  "two faces side by side are found and shown to the model one by one",
  async () => {
    const decoder = await createDecoder("wasm");
    const detector = await loadFaceDetector();
    const shown: { colours: number[]; rest?: Omit<ClipInput, "frames" | "embeddings"> }[] = [];
    const heard: ClipInput[] = [];
    const video = { width: 454, height: 256, crop: "face" };
    const recognizer: Recognizer = {
      card: testCard({ video: video as never, audio: {} as never }),
      predict: (clip) => (heard.push(clip), prediction(0.2)),
      pieces: () => {
        const one: (typeof shown)[number] = { colours: [] };
        shown.push(one);
        return {
          push: (frame) => void one.colours.push(colour(frame)),
          predict: (rest) => (one.rest = rest, prediction(0.9)),
          enrol: () => assert.fail("nobody is enrolled"),
        };
      },
      stream: () => assert.fail("no stream is asked for"),
      findFaces: () => assert.fail("no faces are asked for"),
      enrol: () => assert.fail("nobody is enrolled"),
      checkEnrolment: () => assert.fail("nobody is enrolled"),
      dispose: () => {},
    };
    try {
      const size = { width: SIDE, height: SIDE };
      const clips = [];
      for (const face of FACES) {
        const path = join(ravdessDir()!, "crops", face);
        const options = { ...size, fps: FPS, seconds: SECONDS, sound: false };
        clips.push((await decoder.decode(path, options)).frames);
      }
      const n = SECONDS * FPS;
      const source = {
        ...beside(clips, n),
        fps: FPS,
        samples: new Float32Array(SECONDS * RATE).map((_, t) => 0.1 * Math.sin(t / 5)),
      };
      await withFolder(async (dir) => {
        const path = join(dir, "two.mkv");
        await Deno.writeFile(path, await encodeClip(source, "mkv"));
        const plan: ReadingPlan = {
          path,
          info: await decoder.inspect(path),
          sampleRate: RATE,
          picture: { width: source.width, height: source.height, fps: FPS },
          seconds: SECONDS,
          most: 600,
          missing: {},
        };
        const tracks = await findFaces(decoder, { detector, most: Infinity }, plan);
        assert.equal(tracks.length, 2);
        const largest = await findFaces(decoder, { detector, most: 1 }, plan);
        assert.equal(largest.length, 1);
        const parts = await predictFaces(recognizer, decoder, plan, tracks);
        assert.deepEqual(parts.map(({ face }) => face), [undefined, 1, 2]);
        assert.ok("prediction" in parts[0] && parts[0].prediction.label === "angry");
        assert.equal(heard[0].samples!.length, SECONDS * RATE);
        assert.equal(heard[0].missing?.video, "there are several faces");
        const [coloured, grey] = shown;
        // What is around a face is grey, and more than half of the picture.
        assert.ok(Math.min(...coloured.colours) > 5, `colours ${coloured.colours}`);
        assert.ok(Math.max(...grey.colours) < 2, `greys ${grey.colours}`);
        for (const { colours, rest } of shown) {
          assert.ok(colours.length >= n - 2 && rest?.samples === undefined);
        }
      });
    } finally {
      detector.dispose();
      await decoder.close();
    }
  },
);
