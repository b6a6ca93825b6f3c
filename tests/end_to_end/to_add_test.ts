import assert from "node:assert/strict";
import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Results } from "../../src/pipeline/run/results.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { CopiedHouse } from "../copied_house.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import * as additions from "./additions.ts";

/** A file that is added, and the entry that the registry of its kind gets. */
interface Addition {
  readonly file: string;
  readonly code: string;
  /** Where it is entered; a fold preset is by its corpus. */
  readonly registry?: {
    readonly file: string;
    readonly imports: string;
    /** The line before which the entry comes. */
    readonly before: string;
    readonly entry: string;
  };
}

const ADDITIONS: readonly Addition[] = [
  {
    file: "src/corpus/toy/toy.ts",
    code: additions.TOY_CORPUS,
    registry: {
      file: "src/corpus/registry.ts",
      imports: 'import { TOY } from "./toy/toy.ts";',
      before: "  RAVDESS,",
      entry: "  TOY,",
    },
  },
  { file: "src/corpus/toy/solos.ts", code: additions.SOLOS },
  {
    file: "src/features/face_mean.ts",
    code: additions.FACE_MEAN,
    registry: {
      file: "src/features/registry.ts",
      imports: 'import { FACE_MEAN } from "./face_mean.ts";',
      before: "  MFCC,",
      entry: "  FACE_MEAN,",
    },
  },
  {
    file: "src/features/loudness.ts",
    code: additions.LOUDNESS,
    registry: {
      file: "src/features/registry.ts",
      imports: 'import { LOUDNESS } from "./loudness.ts";',
      before: "  MFCC,",
      entry: "  LOUDNESS,",
    },
  },
  {
    file: "models/echo_ear.ts",
    code: additions.ECHO_EAR,
    registry: {
      file: "models/ears.ts",
      imports: 'import { createEchoEar, describeEchoEar, ECHO_FORMAT } from "./echo_ear.ts";',
      before: "  [WHISPER_FORMAT]: {",
      entry: `  [ECHO_FORMAT]: {
    description: "a toy",
    describe: describeEchoEar,
    load: createEchoEar,
  },`,
    },
  },
  {
    file: "src/classify/nearest_mean.ts",
    code: additions.NEAREST_MEAN,
    registry: {
      file: "src/classify/classical_registry.ts",
      imports: 'import { NearestMean } from "./nearest_mean.ts";',
      before: '  "lda": {',
      entry: `  "nearest-mean": {
    create: (): Classifier => new NearestMean(),
    fromState: NearestMean.fromState,
  },`,
    },
  },
  {
    file: "src/fusion/decision_min.ts",
    code: additions.DECISION_MIN,
    registry: {
      file: "src/fusion/decision_rules.ts",
      imports: 'import { DecisionMin } from "./decision_min.ts";',
      before: '  "decision-vote": ',
      entry: '  "decision-min": (): DecisionRule => new DecisionMin(),',
    },
  },
  {
    file: "src/fusion/late_max.ts",
    code: additions.LATE_MAX,
    registry: {
      file: "src/fusion/registry.ts",
      imports: 'import { LateMax } from "./late_max.ts";',
      before: '  "late-weighted": ',
      entry: '  "late-max": (): LateRule => new LateMax(),',
    },
  },
  {
    file: "src/split/protocols/halves.ts",
    code: additions.HALVES,
    registry: {
      file: "src/split/protocols/registry.ts",
      imports: 'import { halves } from "./halves.ts";',
      before: "  takeIndependent,",
      entry: "  halves,",
    },
  },
  {
    file: "src/pipeline/recipes/means.ts",
    code: additions.MEANS,
    registry: {
      file: "src/pipeline/recipes/registry.ts",
      imports: 'import { MEANS } from "./means.ts";',
      before: "  TUTORIAL,",
      entry: "  MEANS,",
    },
  },
];

/** Adds what CONTRIBUTING says: a file, and one entry (with its import) in the registry of its kind. */
async function add(house: CopiedHouse, { file, code, registry }: Addition): Promise<void> {
  await house.add(file, code);
  if (!registry) return;
  const { file: list, imports, before, entry } = registry;
  await house.change(list, `\n${before}`, `\n${entry}\n${before}`);
  await house.prepend(list, `${imports}\n`);
}

/** Films of the synthetic corpus under the names of the toy corpus. */
async function writeToyCorpus(dir: string): Promise<void> {
  const synthetic = await syntheticCorpus(2);
  await mkdir(dir);
  for (const [folder, singer] of [["Actor_01", "Ada"], ["Actor_02", "Bo"]]) {
    const files = (await readdir(join(synthetic, folder))).filter((file) => file.startsWith("01-"));
    for (const [song, file] of files.sort().entries()) {
      const mood = file.split("-")[2] === "02" ? "glad" : "glum";
      await copyFile(join(synthetic, folder, file), join(dir, `${singer}_${song}_${mood}.mp4`));
    }
  }
}

async function readResults(dir: string): Promise<Results> {
  return JSON.parse(await Deno.readTextFile(join(dir, "results.json")));
}

/** Features, model and fusion of the rows of a recipe. */
function rowsOf(rows: Results["rows"], wanted: string): string[] {
  return rows.filter(({ recipe }) => recipe === wanted)
    .map(({ features, model, fusion }) => `${features} ${model} ${fusion}`);
}

Deno.test("one of everything is added as CONTRIBUTING says, by one file and one entry each, and works", async () => {
  await using house = await CopiedHouse.make();
  for (const addition of ADDITIONS) await add(house, addition);
  const check = await house.deno("check", "tasks/run.ts", "tasks/train.ts");
  assert.equal(check.code, 0, check.text);

  const data = join(house.dir, "songs"), out = join(house.dir, "out");
  await writeToyCorpus(data);
  const common = [
    ...["--data", data, "--store", join(house.dir, "store"), "--seconds", "1", "--fps", "4"],
    ...["--moods", "glad,glum"],
  ];
  const run = await house.deno(
    ...["run", "-q", "-P=run", "tasks/run.ts", ...common, "--out", out],
    ...["--recipes", "means,tutorial", "--normalise", "train"],
    ...["--protocol", "speaker-independent", "--folds", "solos", "--also", "halves"],
  );
  assert.equal(run.code, 0, run.text);
  assert.match(run.text, /12 samples \(glum 6, glad 6\) of 12 songs by 2 singers/);
  assert.match(run.text, /means +│ face-mean/);
  const { config, folds, rows } = await readResults(out);
  assert.equal(config.folds, "solos");
  assert.equal(folds.length, 2);
  const shown = rowsOf(rows, "means");
  assert.deepEqual(shown.slice(0, 6), [
    "loudness nearest-mean none",
    "loudness nearest-mean none",
    "face-mean nearest-mean none",
    "face-mean logistic-regression none",
    "loudness+face-mean nearest-mean early",
    "loudness+face-mean svm-linear early",
  ]);
  assert(shown.includes("loudness+face-mean nearest-mean+logistic-regression decision-min"));
  assert(rowsOf(rows, "tutorial").some((row) => row.endsWith(" mlp late-max")));

  const also = await readResults(join(out, "also/halves"));
  assert.equal(also.config.protocol, "halves");
  assert(also.rows.some(({ features }) => features === "face-mean"));

  const ear = join(house.dir, "echo.safetensors");
  const gain = { shape: [1], data: Float32Array.of(2) };
  await Deno.writeFile(ear, encodeSafetensors({ gain }, { format: "echo/1" }));
  const heard = await house.deno(
    ...["run", "-q", "-P=run", "tasks/run.ts", ...common, "--out", join(house.dir, "heard")],
    ...["--modality", "audio", "--recipes", "statistics", "--normalise", "train", "--ear", ear],
    ...["--protocol", "speaker-independent", "--folds", "solos"],
  );
  assert.equal(heard.code, 0, heard.text);
  const { ear: used, rows: ofEar } = await readResults(join(house.dir, "heard"));
  assert.deepEqual(used, { name: "echo", weightsSha256: "2" });
  assert(rowsOf(ofEar, "statistics").includes("speech ensemble none"));

  const bundle = join(house.dir, "toy.emofuse");
  const train = await house.deno(
    ...["run", "-q", "-P=train", "tasks/train.ts", ...common, "--out", bundle],
    ...["--model", "nearest-mean", "--recipe", "means", "--fusion", "decision-min"],
    ...["--protocol", "halves"],
  );
  assert.equal(train.code, 0, train.text);
  const predict = await house.deno(
    ...["run", "-q", "-P=predict", "tasks/predict.ts", "--model", bundle, "--json"],
    join(data, "Ada_0_glad.mp4"),
  );
  assert.equal(predict.code, 0, predict.text);
  assert.match(predict.text, /"(glad|glum)"/);
});
