import assert from "node:assert/strict";
import { join } from "node:path";
import { scanCorpus } from "../../src/corpus/scan.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { type Extraction, extractSamples } from "../../src/pipeline/extract/extract.ts";
import { findLandmarkFiles } from "../../src/pipeline/samples/find_landmark_files.ts";
import { sampleFeatures } from "../../src/pipeline/extract/sample_features.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { makeSamples } from "../../src/pipeline/samples/samples.ts";
import type { FeatureStore } from "../../src/pipeline/store/feature_store.ts";
import { openStore } from "../../src/pipeline/store/open_store.ts";
import { askedFor } from "../media/asked.ts";
import { landmarkCsv } from "../vision/landmark_csv.ts";

const TAKES = ["01-02-01-01-01-01", "01-05-01-01-01-01", "01-05-01-02-01-01"];
const CONFIG: RunConfig = { ...DEFAULT_CONFIG, backbone: "landmarks", landmarks: "files" };

/** A decoder that gives a second of sound, and fails the test where it is asked for a picture. */
const SOUND_ONLY: Decoder = {
  name: "wasm",
  version: "of these tests",
  decode: (_path, options) => {
    assert.equal(askedFor(options).picture, false, "the landmarks stand for the picture");
    return Promise.resolve({
      ...{ frames: new Uint8Array(), frameCount: 0, samples: new Float32Array(8000).fill(0.1) },
      ...{ hasPicture: false, hasSound: true, silent: false, problems: {}, warnings: [] },
      ...{ width: 227, height: 128 },
    });
  },
  inspect: () => Promise.reject(new Error("not asked for")),
  close: () => Promise.resolve(),
};

/** Extracts a voice recording of each of {@linkcode TAKES} with these landmark files, `times` times over. */
async function extract(
  landmarks: Record<string, string | Uint8Array<ArrayBuffer>>,
  check: (
    result: Extraction & { skippedBefore: readonly { file: string; reason: string }[] },
    tools: { dir: string; store: FeatureStore; again: () => Promise<Extraction> },
  ) => void | Promise<void>,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(dir, "clips"));
    await Deno.mkdir(join(dir, "landmarks"));
    for (const take of TAKES) await Deno.writeTextFile(join(dir, "clips", `03-${take}.wav`), take);
    for (const [file, content] of Object.entries(landmarks)) {
      const path = join(dir, "landmarks", file);
      if (typeof content === "string") await Deno.writeTextFile(path, content);
      else await Deno.writeFile(path, content);
    }
    const store = await openStore({ store: join(dir, "store") });
    const work = async () => {
      const { clips, corpus } = await scanCorpus(join(dir, "clips"));
      const landmarks = await findLandmarkFiles(join(dir, "landmarks"), corpus);
      const options = { modality: "av", mergeTwins: true, landmarks } as const;
      const { samples, skipped } = makeSamples(clips, options);
      const tools = { store, decoder: SOUND_ONLY, workers: 1 };
      const extraction = await extractSamples(samples, CONFIG, {
        ...tools,
        embedders: () => assert.fail("no frame needs to be embedded"),
      });
      return { ...extraction, skippedBefore: skipped };
    };
    await check(await work(), { dir, store, again: work });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One recipe of statistics, and one of sequences. */
const RECIPES = ["statistics", "tutorial"];

const GOOD = landmarkCsv({ frames: 40 });

Deno.test("extractSamples() takes landmarks for the picture: plain, gzipped and OpenFace's own", async () => {
  const files = {
    [`01-${TAKES[0]}.csv`]: GOOD,
    [`01-${TAKES[1]}.csv.gz`]: await gzip(GOOD),
    [`01-${TAKES[2]}.csv`]: landmarkCsv({ frames: 40, openFace: true }),
  };
  await extract(files, async (result, { store, again }) => {
    assert.deepEqual([result.skipped, result.warnings, result.skippedBefore], [[], [], []]);
    assert.equal(result.extracted.length, 3);
    assert.deepEqual(Object.keys(result.landmarks), Object.keys(files).sort());
    // The same points in three layouts give the same features.
    const config = { ...CONFIG, modality: "video", recipes: planRecipes(RECIPES) } as const;
    const made = await sampleFeatures(
      { config, store, networks: {}, earFile: undefined },
      result.extracted,
    );
    assert.deepEqual(Object.keys(made), ["landmarks", "landmark-sequence"]);
    for (const { width, data } of Object.values(made)) {
      for (const row of [1, 2]) {
        assert.deepEqual(data.slice(row * width, (row + 1) * width), data.slice(0, width));
      }
    }
    assert.equal(made["landmark-sequence"].width, 120 * made["landmark-sequence"].channels);
    const second = await again();
    assert.equal(second.cached, 3);
    assert.deepEqual(second.extracted, result.extracted);
  });
});

Deno.test("extractSamples() names landmark files that cannot be used, and goes on without their samples", async () => {
  const broken = GOOD.split("\n").with(7, "7,0.2,what").join("\n");
  await extract({
    [`01-${TAKES[0]}.csv`]: GOOD,
    [`01-${TAKES[1]}.csv`]: broken,
    [`01-${TAKES[2]}.csv`]: "frame,timestamp,x_0\n1,0,5\n",
  }, (result) => {
    assert.deepEqual(result.extracted.map(({ sample }) => sample.take), [TAKES[0]]);
    const [cells, columns] = result.skipped;
    assert.equal(cells.file, `01-${TAKES[1]}.csv`);
    assert.match(cells.reason, /^line 8: 3 cells, but 138 columns$/);
    assert.equal(columns.file, `01-${TAKES[2]}.csv`);
    assert.match(columns.reason, /^line 1: there is no column "y_0"/);
    assert.deepEqual(Object.keys(result.landmarks), [`01-${TAKES[0]}.csv`]);
  });
});

Deno.test("extractSamples() names an empty, a faceless and a damaged landmark file", async () => {
  await extract({
    [`01-${TAKES[0]}.csv`]: "",
    [`01-${TAKES[1]}.csv`]: landmarkCsv({ frames: 3, openFace: true, lost: [0, 1, 2] }),
    [`01-${TAKES[2]}.csv.gz`]: (await gzip(GOOD)).slice(0, 400),
  }, (result) => {
    assert.deepEqual(result.extracted, []);
    const reasons = Object.fromEntries(result.skipped.map(({ file, reason }) => [file, reason]));
    assert.equal(reasons[`01-${TAKES[0]}.csv`], "is empty");
    assert.equal(reasons[`01-${TAKES[1]}.csv`], "no frame has a face");
    assert.ok(reasons[`01-${TAKES[2]}.csv.gz`].length > 0);
  });
});

Deno.test("a take without a landmark file is left out and named before the work", () =>
  extract({ [`01-${TAKES[0]}.csv`]: GOOD, [`02-${TAKES[1]}.csv`]: GOOD }, (result) => {
    assert.deepEqual(result.extracted.length, 2);
    assert.deepEqual(result.skippedBefore, [{
      file: `03-${TAKES[2]}.wav`,
      reason: "no landmarks of its take in the folder of landmarks",
    }]);
  }));

Deno.test("extractSamples() warns of frames that had to be filled, also when they are in the store", () =>
  extract({
    [`01-${TAKES[0]}.csv`]: landmarkCsv({ frames: 30, openFace: true, lost: [4, 5] }),
  }, async (result, { again }) => {
    const warning = { file: `01-${TAKES[0]}.csv`, reason: /2 of 30 frames have no landmarks/ };
    for (const { warnings } of [result, await again()]) {
      assert.equal(warnings.length, 1);
      assert.equal(warnings[0].file, warning.file);
      assert.match(warnings[0].reason, warning.reason);
    }
  }));

Deno.test("a landmark file that changes is read anew", () =>
  extract({ [`01-${TAKES[0]}.csv`]: GOOD }, async (result, { dir, again }) => {
    await Deno.writeTextFile(
      join(dir, "landmarks", `01-${TAKES[0]}.csv`),
      landmarkCsv({ frames: 41 }),
    );
    const second = await again();
    assert.equal(second.cached, 0);
    assert.notDeepEqual(second.landmarks, result.landmarks);
    assert.notDeepEqual(second.extracted[0].picture, result.extracted[0].picture);
  }));
