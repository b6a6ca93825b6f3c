import { compareRows } from "../../src/evaluate/compare_rows.ts";
import { summariseRow } from "../../src/evaluate/summarise_row.ts";
import { Random } from "../../src/numeric/random.ts";
import { DEFAULT_CONFIG } from "../../src/pipeline/config.ts";
import type { ReportData } from "../../src/pipeline/run/report_data.ts";
import type { Predictions, ResultRow, Results, RowName } from "../../src/pipeline/run/results.ts";
import { type FakeName, fakeRows } from "./fake_rows.ts";
import { EMOTIONS } from "../../src/corpus/ravdess/fields.ts";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";

/** What a run leaves behind. */
export interface FakeRun {
  results: Results;
  predictions: Predictions;
  report: ReportData;
}

/** Settings of {@linkcode fakeRun}. */
export interface FakeRunOptions {
  /** Protocol of the run; `tutorial` has leaks and no intervals of the UAR. */
  protocol?: "tutorial" | "speaker-independent";
  /** Number of actors; each plays every emotion, neutral half as often as the others. */
  actors?: number;
  /** Number of emotions. */
  emotions?: number;
  /** Seed of all numbers. */
  seed?: number;
}

/**
 * An invented run for tests of the report: random predictions of a given skill, and what follows from
 * them. The same options give the same run. None of its numbers says anything about Emofuse.
 */
export function fakeRun(options: FakeRunOptions = {}): FakeRun {
  const { protocol = "speaker-independent", actors = 18, emotions: nEmotions = 8, seed = 1 } =
    options;
  const honest = protocol === "speaker-independent";
  const random = new Random(seed);
  const emotions = EMOTIONS.slice(0, nEmotions);
  const speakers = Array.from({ length: actors }, (_, a) => `${a + 1}`);
  const folds = Math.min(6, actors);
  const all = Array.from(
    { length: actors },
    (_, a) =>
      emotions.flatMap((emotion, e) =>
        Array.from({ length: emotion === "neutral" ? 4 : 8 }, (_, k) => ({
          ...{ id: `a${a + 1}-${emotion}-${k + 1}`, actor: a + 1, emotion, truth: e },
          fold: `fold ${a % folds + 1}`,
        }))
      ),
  ).flat();
  const tested = honest ? all : all.filter((_, i) => i % 5 === 0);
  const truth = Int32Array.from(tested, ({ truth }) => truth);
  const C = nEmotions;
  const predict = ({ modality, skill }: FakeName) =>
    Int32Array.from(tested, ({ truth, actor }) => {
      // Some emotions are for the face, some for the voice, and some actors are easy.
      const bent = modality === "fused"
        ? 0
        : (modality === "audio" ? 1 : -1) * 0.15 * (truth % 3 - 1);
      const known = random.next() < skill + bent + 0.08 * Math.sin(actor);
      return known ? truth : random.next() < 0.4 ? (truth + 1) % C : random.int(C);
    });
  const clusters = tested.map(({ id, actor }) => actors > 1 ? `${actor}` : id);
  // Few resamples: the intervals of an invented run need not be exact.
  const bootstrap = { seed, resamples: 200 };
  const sure = (predicted: Int32Array) =>
    Float32Array.from(
      { length: tested.length * C },
      (_, i) => i % C === predicted[Math.floor(i / C)] ? 0.5 : 0.5 / (C - 1),
    );
  const model = ({ skill, ...row }: FakeName, predicted: Int32Array): ResultRow => ({
    ...row,
    train: {
      n: honest ? (folds - 1) * tested.length : all.length - tested.length,
      accuracy: Math.min(1, skill + 0.3),
    },
    test: summariseRow(truth, predicted, sure(predicted), C, clusters, bootstrap),
    leaks: honest ? [] : leaksOf(row.modality),
    warnings: row.model === "cnn1d" && row.modality === "video"
      ? ["fold 3: the loss still fell when training ended"]
      : [],
  });
  const leaksOf = (modality: RowName["modality"]) =>
    modality === "audio" ? ["twins", "silence"] : ["twins", "face-head"];
  const fitted = fakeRows(honest).map((name) => {
    const predicted = predict(name);
    return { predicted, row: model(name, predicted) };
  });
  const guess = {
    modality: "fused",
    recipe: "",
    fusion: "none",
    features: "",
    normalisation: "none",
  } as const;
  for (const name of ["chance", "majority"] as const) {
    const predicted = Int32Array.from(tested, (_, i) => name === "majority" ? C - 1 : i % C);
    fitted.push({
      predicted,
      row: { ...model({ ...guess, model: name, skill: 0 }, predicted), leaks: [] },
    });
  }
  const comparisons = compareRows(
    ...[
      truth,
      fitted.map(({ predicted, row: { model } }) =>
        model === "chance" ? undefined : { predicted, baseline: model === "majority" }
      ),
      C,
      clusters,
      bootstrap,
    ] as const,
  );
  const rows = fitted.map(({ row }, i): ResultRow => ({ ...row, comparison: comparisons[i] }));
  const counts = Array.from({ length: C }, (_, c) => truth.filter((t) => t === c).length);
  const epochs = (end: number, phase: number) =>
    Array.from({ length: end }, (_, e) => ({
      epoch: e + 1,
      loss: 2.1 * Math.exp(-e / 9) + 0.1 * random.next(),
      accuracy: 0.9 - 0.75 * Math.exp(-e / 8) + 0.03 * random.next(),
      ...(honest && {
        valLoss: 1.3 + 0.8 * Math.exp(-e / 6) + 0.01 * e + 0.05 * random.next() + 0.03 * phase,
        valAccuracy: 0.55 - 0.4 * Math.exp(-e / 7) + 0.02 * random.next(),
      }),
    }));
  const foldNames = honest
    ? Array.from({ length: folds }, (_, f) => `fold ${f + 1}`)
    : ["hold-out"];
  const cloud = (byEmotion: number, byActor: number) =>
    all.map(({ truth, actor }): [number, number] => [
      Number(
        (byEmotion * Math.cos(truth) + byActor * Math.sin(2.3 * actor) + random.normal()).toFixed(
          4,
        ),
      ),
      Number(
        (byEmotion * Math.sin(truth) + byActor * Math.cos(1.7 * actor) + random.normal()).toFixed(
          4,
        ),
      ),
    ]);
  const results: Results = {
    schema: "emofuse.results/1",
    config: { ...DEFAULT_CONFIG, protocol, folds: honest ? folds : null },
    corpus: {
      ...{ name: RAVDESS.name, title: RAVDESS.title, words: RAVDESS.words },
      synthetic: false,
      samples: all.length,
      clips: all.length * 2,
      takes: all.length,
      speakers,
      classes: emotions.map((emotion) => ({
        label: emotion,
        samples: all.filter((sample) => sample.emotion === emotion).length,
      })),
      silent: honest ? 0 : Math.floor(all.length / 2),
      sha256: "0123456789abcdef".repeat(4),
      skipped: [
        { file: "Actor_07/03-01-03-02-01-02-07.flac", reason: "the decoder found no sound in it" },
        { file: "notes.txt", reason: "its name is not RAVDESS's seven fields" },
      ],
      warnings: [{ file: "Actor_02/01-01-05-01-01-01-02.mp4", reason: "frame 41 is damaged" }],
    },
    backbone: { name: "faceres", weightsSha256: "fedcba9876543210".repeat(4) },
    chance: 1 / C,
    majority: Math.max(...counts) / tested.length,
    folds: foldNames.map((name) => {
      const test = honest ? tested.filter(({ fold }) => fold === name) : tested;
      return { name, train: all.length - test.length, test: test.map(({ id }) => id) };
    }),
    leaks: honest ? [] : [
      {
        id: "twins",
        text:
          `${tested.length} of ${tested.length} test samples show a performance that was also learned from`,
      },
      {
        id: "face-head",
        text: `the face head learned from the frames of all ${tested.length} test samples`,
      },
      { id: "silence", text: "half of the samples have silence instead of a voice" },
    ],
    rows,
    provenance: {
      emofuse: "0.0.0",
      finished: "2025-01-01T12:00:00.000Z",
      packages: ["@tensorflow/tfjs@4.22.0", "ml-matrix@6.15.1"],
    },
  };
  return {
    results,
    predictions: {
      schema: "emofuse.predictions/1",
      classes: emotions,
      samples: tested.map(({ id, fold, truth }) => ({
        id,
        fold: honest ? fold : "hold-out",
        truth,
      })),
      rows: rows.map(({ modality, recipe, model, fusion, features, normalisation }, i) => ({
        ...{ modality, recipe, model, fusion, features, normalisation },
        predicted: Array.from(fitted[i].predicted),
        probabilities: Array.from(
          fitted[i].predicted,
          (p) => Array.from({ length: C }, (_, c) => c === p ? 0.5 : 0.5 / (C - 1)),
        ),
      })),
    },
    report: {
      schema: "emofuse.report/1",
      curves: ["cnn1d on mfcc", "cnn1d on face", "late-concat on mfcc+face"].flatMap((model) =>
        foldNames.map((fold, f) => ({ fold, model, epochs: epochs(honest ? 24 + 3 * f : 10, f) }))
      ),
      maps: [
        { features: "voice", method: "pca", points: cloud(1.5, 3), explained: 0.31 },
        { features: "voice", method: "umap", points: cloud(2, 5) },
        { features: "landmarks", method: "pca", points: cloud(3, 1), explained: 0.42 },
        { features: "landmarks", method: "umap", points: cloud(5, 1) },
      ],
      mapSamples: all.map(({ id, actor, emotion }) => ({
        id,
        speaker: `${actor}`,
        label: emotion,
      })),
      matrix: {
        speakers,
        labels: emotions,
        counts: Array.from(
          { length: actors },
          (_, a) =>
            emotions.map((emotion) =>
              all.filter((s) => s.actor === a + 1 && s.emotion === emotion).length
            ),
        ),
      },
      timings: [
        { stage: "clips and features", seconds: 412.3 },
        { stage: "voice features", seconds: 38.9 },
        { stage: "fits and tests", seconds: 371.2 },
        { stage: "maps and intervals", seconds: 14.8 },
      ],
      command:
        "deno task run --data clips --protocol speaker-independent --folds 6 --seed 1\nemofuse 0.0.0, Deno 2.9.6\ndeno.lock SHA-256 00112233",
    },
  };
}
