import assert from "node:assert/strict";
import { join } from "node:path";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import type { ReadingPlan } from "../../src/predict/plan_reading.ts";
import { predictSpans } from "../../src/predict/predict_spans.ts";
import { InputError } from "../../src/recognize/input_error.ts";
import type { Recognizer } from "../../src/recognize/recognizer.ts";
import { testCard } from "../recognize/voice_bundle.ts";
import { withFolder } from "../with_folder.ts";
import { prediction } from "./results/some_results.ts";

const SIZE = { width: 16, height: 16 };
const [FPS, RATE, SECONDS] = [5, 8000, 6];

/** What was given to be recognised. */
interface Given {
  readonly frames: number[];
  readonly samples?: Float32Array;
}

/** A recogniser that notes what it is given: of each frame its first byte. Half a second is too short for it. */
function noting(given: Given[]): Recognizer {
  const judge = (frames: number[], samples?: Float32Array) => {
    given.push({ frames, samples });
    if ((samples?.length ?? 0) <= RATE / 2) throw new InputError("too short");
    return prediction(0.75);
  };
  return {
    card: testCard(),
    predict: ({ samples }) => judge([], samples),
    pieces: ({ width, height }) => {
      const frames: number[] = [];
      return {
        push: (bytes) => {
          const length = width * height * 3;
          for (let at = 0; at < bytes.length; at += length) frames.push(bytes[at]);
        },
        predict: (rest) => judge(frames, rest?.samples),
        enrol: () => assert.fail("nobody is enrolled"),
      };
    },
    stream: () => assert.fail("no stream is asked for"),
    findFaces: () => assert.fail("no faces are asked for"),
    enrol: () => assert.fail("nobody is enrolled"),
    checkEnrolment: () => assert.fail("nobody is enrolled"),
    dispose: () => {},
  };
}

/** Predicts spans of a film, or of its sound. */
async function spansOf(spans: readonly [number, number][], { picture = true } = {}) {
  const samples = Float32Array.from(
    { length: SECONDS * RATE },
    (_, t) => Math.round(0.5 * Math.sin(t * t / 5e5) * 32768) / 32768,
  );
  const frames = new Uint8Array(SECONDS * FPS * 16 * 16 * 3)
    .map((_, i) => 8 * Math.floor(i / (16 * 16 * 3)));
  const given: Given[] = [];
  const parts = await withFolder(async (dir) => {
    const path = join(dir, "film.mkv");
    const source = { frames, ...SIZE, fps: FPS, samples, sampleRate: RATE };
    await Deno.writeFile(path, await encodeClip(source, "mkv", { crf: 0 }));
    const decoder = await createDecoder("wasm");
    try {
      const plan: ReadingPlan = {
        path,
        info: await decoder.inspect(path),
        sampleRate: RATE,
        picture: picture ? { ...SIZE, fps: FPS } : undefined,
        ...{ seconds: SECONDS, most: 600, missing: {} },
      };
      const wanted = spans.map(([start, end]) => ({ start, end }));
      return await predictSpans(noting(given), decoder, plan, wanted);
    } finally {
      await decoder.close();
    }
  });
  return { parts, given, samples };
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => 8 * (from + i));

Deno.test("each span of a film gets its own frames and its own sound", async () => {
  const { parts, given, samples } = await spansOf([[4, 9], [0.4, 2], [1, 3.2]]);
  assert.deepEqual(
    parts.map(({ start, end }) => [start, end]),
    [[4, 6], [0.4, 2], [1, 3.2]],
    "in the order in which they are asked for; one ends with the film",
  );
  // They are judged as they end.
  const ends = [[2, 10], [5, 16], [20, 30]];
  for (const [i, [from, to]] of ends.entries()) {
    const close = given[i].frames.every((byte, k) => Math.abs(byte - numbers(from, to)[k]) <= 3);
    assert.ok(close && given[i].frames.length === to - from, given[i].frames.join(" "));
  }
  const cuts = [[0.4, 2], [1, 3.2], [4, 6]];
  for (const [i, [from, to]] of cuts.entries()) {
    assert.deepEqual(given[i].samples, samples.slice(from * RATE, to * RATE));
  }
});

Deno.test("spans of a sound are judged, those that say nothing and those beyond its end too", async () => {
  const { parts, given } = await spansOf([[0, 0.4], [1, 2], [7, 8]], { picture: false });
  assert.deepEqual(parts[0], { start: 0, end: 0.4, reason: "too short" });
  assert.ok("prediction" in parts[1] && parts[1].prediction.label === "calm");
  assert.deepEqual(parts[2], {
    start: 7,
    end: 8,
    reason: "it begins at 7 s, after the end at 6.00 s",
  });
  assert.equal(given.length, 2);
});

Deno.test("without spans nothing is decoded", async () => {
  assert.deepEqual((await spansOf([])).parts, []);
});
