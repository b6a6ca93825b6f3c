import assert from "node:assert/strict";
import { join } from "node:path";
import { DecisionProduct } from "../../src/fusion/decision_product.ts";
import { DECISION_RULES } from "../../src/fusion/registry.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import {
  evaluateFold,
  type FoldOutcome,
  foldSteps,
} from "../../src/pipeline/fold/evaluate_fold.ts";
import { evaluateFolds } from "../../src/pipeline/fold/evaluate_folds.ts";
import { Random } from "../../src/numeric/random.ts";
import type { FeatureData, FoldJob, FoldRow } from "../../src/pipeline/fold/fold.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import { loadClassifier, readModel } from "../../src/pipeline/fold/model_file.ts";
import type { RowName } from "../../src/pipeline/run/results.ts";
import { syntheticFold } from "./synthetic_fold.ts";

async function withDir<T>(work: (dir: string) => T | Promise<T>): Promise<T> {
  await initBackend();
  const dir = await Deno.makeTempDir();
  try {
    return await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

/** The bytes of every saved model, by name. */
function savedModels({ modelsDir, name }: FoldJob): Record<string, Uint8Array> {
  const dir = join(modelsDir, name);
  return Object.fromEntries(
    Array.from(Deno.readDirSync(dir), (entry) => [
      entry.name,
      Deno.readFileSync(join(dir, entry.name)),
    ]),
  );
}

/** The rows of a fold, all of which are fitted. */
function fitted({ rows }: FoldOutcome): FoldRow[] {
  return rows.map((row) => {
    if ("unfitted" in row) throw new Error(row.unfitted);
    return row;
  });
}

function names(rows: readonly RowName[]): string[] {
  return rows.map(({ modality, model, fusion }) => `${modality} ${model} ${fusion}`);
}

Deno.test("evaluateFold() gives the table's 26 rows on two modalities", () =>
  withDir((dir) => {
    const rows = names(evaluateFold(syntheticFold(dir), () => {}).rows);
    const classical = ["gaussian-nb", "lda", "svm-linear", "svm-rbf", "cnn1d"];
    const expected = [
      ...["audio", "video"].flatMap((m) => classical.map((model) => `${m} ${model} none`)),
      ...classical.map((model) => `fused ${model} early`),
      ...["concat", "sum", "product", "weighted"].map((rule) => `fused mlp late-${rule}`),
      ...["mean", "weighted", "product", "max", "vote", "stacking"]
        .map((rule) => `fused cnn1d decision-${rule}`),
      "fused mlp hybrid",
    ];
    assert.deepEqual(rows.sort(), expected.sort());
    assert.equal(rows.length, 26);
  }));

Deno.test("evaluateFold() gives five rows on one modality", () =>
  withDir((dir) => {
    for (const part of [{ video: undefined }, { features: {} }]) {
      assert.equal(evaluateFold(syntheticFold(dir, part), () => {}).rows.length, 5);
    }
  }));

Deno.test("evaluateFold() announces as many steps as foldSteps() says", () =>
  withDir((dir) => {
    const leaky = { headOnAllClips: true, featureNetworksOnAllClips: true };
    for (const part of [{}, leaky, { video: undefined }, { features: {} }]) {
      const job = syntheticFold(dir, part);
      let steps = 0;
      evaluateFold(job, () => steps++);
      assert.equal(steps, foldSteps(job));
    }
  }));

Deno.test("evaluateFold() repeats itself to the bit", () =>
  withDir((dir) => {
    const job = syntheticFold(dir);
    const first = evaluateFold(job, () => {});
    const models = savedModels(job);
    assert.deepEqual(evaluateFold(job, () => {}), first);
    assert.deepEqual(savedModels(job), models);
  }));

Deno.test("evaluateFold() learns nothing from test samples: other ones leave every model as it was", () =>
  withDir((dir) => {
    const job = syntheticFold(dir);
    const rows = fitted(evaluateFold(job, () => {}));
    const models = savedModels(job);
    const other = syntheticFold(dir, { testSeed: 2, testLabel: 0 });
    const otherRows = fitted(evaluateFold(other, () => {}));
    assert.deepEqual(savedModels(other), models);
    assert.deepEqual(otherRows.map(({ train }) => train), rows.map(({ train }) => train));
  }));

Deno.test("evaluateFold() learns from test samples where the tutorial does, and only there", () =>
  withDir((dir) => {
    const leaks = { headOnAllClips: true, featureNetworksOnAllClips: true };
    const job = syntheticFold(dir, leaks);
    evaluateFold(job, () => {});
    const models = savedModels(job);
    const other = syntheticFold(dir, { ...leaks, testSeed: 2 });
    evaluateFold(other, () => {});
    const changed = Object.entries(savedModels(other))
      .filter(([name, bytes]) => bytes.some((byte, i) => byte !== models[name][i]))
      .map(([name]) => name);
    assert(changed.includes("face-head.safetensors"));
    assert(changed.includes("feature-cnn1d-audio.safetensors"));
    for (const honest of ["gaussian-nb", "lda", "svm-linear", "svm-rbf", "cnn1d"]) {
      assert(!changed.includes(`${honest}-audio.safetensors`), honest);
    }
  }));

Deno.test("every saved classifier can be loaded, and predicts as it did in the run", () =>
  withDir(async (dir) => {
    const job = syntheticFold(dir);
    const rows = fitted(evaluateFold(job, () => {}));
    const folder = join(job.modelsDir, job.name);
    const voice = new Matrix(job.labels.length, job.features.mfcc!.width, job.features.mfcc!.data);
    const kinds: Record<string, number> = {};
    for (const { name } of Deno.readDirSync(folder)) {
      const { model } = await readModel(join(folder, name));
      kinds[model] = (kinds[model] ?? 0) + 1;
      if (model === "face-head" || model.startsWith("decision-")) {
        await assert.rejects(loadClassifier(join(folder, name)), /is no classifier/);
        continue;
      }
      const again = await loadClassifier(join(folder, name));
      assert.equal(again.name, model);
      if (name.endsWith("-audio.safetensors")) {
        const row = rows.find((row) => row.model === model && row.modality === "audio");
        assert.deepEqual(again.predict(voice.selectRows(job.test)), row!.test);
      }
      again.dispose();
    }
    assert.deepEqual(kinds, {
      ...{ "gaussian-nb": 3, lda: 3, "svm-linear": 3, "svm-rbf": 3, cnn1d: 3, mlp: 5 },
      "face-head": 1,
      ...Object.fromEntries(DECISION_RULES.map((make) => [make().name, 1])),
    });
  }));

Deno.test("recipe statistics gives rows for each normalisation, and the ledger says what was fitted on what", () =>
  withDir((dir) => {
    const plans = planRecipes(["statistics"]);
    const { features: { mfcc }, train } = syntheticFold(dir);
    const features = { voice: mfcc, landmarks: mfcc };
    const job = syntheticFold(dir, { plans, features, video: undefined });
    let steps = 0;
    const outcome = evaluateFold(job, () => steps++);
    const rows = fitted(outcome);
    assert.equal(steps, foldSteps(job));
    const perNormalisation = 3 * 4 + DECISION_RULES.length + 1;
    assert.equal(rows.length, 2 * perNormalisation);
    // Hybrid fusion: what early fusion and both modalities say, multiplied.
    const proba = (wanted: string) => {
      const row = rows.find((row) => names([row])[0] === wanted)!;
      return new Matrix(row.test.length, job.nClasses, row.testProba);
    };
    assert.deepEqual(
      proba("fused ensemble hybrid"),
      new DecisionProduct().combine([
        ...["fused ensemble early", "audio ensemble none", "video ensemble none"].map(proba),
      ]),
    );
    assert.deepEqual(
      rows.map(({ normalisation }) => normalisation),
      Array.from(rows.keys(), (i) => i < perNormalisation ? "train" : "own"),
    );
    assert.deepEqual(
      [...new Set(rows.map(({ features }) => features))],
      ["voice", "landmarks", "voice+landmarks"],
    );
    for (const { name, fittedOn, usesLabels } of outcome.fits) {
      const foreign = fittedOn.filter((sample) => !train.includes(sample));
      // Only a speaker's own statistics may use test samples, and no label of theirs.
      assert.equal(foreign.length > 0, name.includes("speaker statistics"), name);
      assert.equal(usesLabels, !/scaler|speaker statistics/.test(name), name);
    }
    const saved = Object.keys(savedModels(job));
    assert(saved.includes("statistics-own-scaler-audio.safetensors"), saved.join());
  }));

Deno.test("a row whose model cannot be fitted says why, and so does what is made of it; the others are fitted", () =>
  withDir((dir) => {
    const plans = planRecipes(["tutorial", "statistics"], ["train"]);
    const { features: { mfcc } } = syntheticFold(dir);
    const few = { plans, train: Int32Array.of(0, 1), test: Int32Array.of(12, 13) };
    const job = syntheticFold(dir, {
      ...few,
      features: { mfcc, voice: mfcc, landmarks: mfcc, "landmark-sequence": mfcc },
      video: undefined,
    });
    const { rows, fits } = evaluateFold(job, () => {});
    const unfitted = rows.flatMap((row) => "unfitted" in row ? [row] : []);
    assert.deepEqual(
      rows.map((row) => "unfitted" in row),
      rows.map(({ model }) => ["lda", "lda-shrinkage", "svm-rbf-grid", "ensemble"].includes(model)),
    );
    assert.deepEqual(
      [...new Set(unfitted.map(({ model, unfitted }) => `${model}: ${unfitted}`))],
      ["lda", "lda-shrinkage", "svm-rbf-grid", "ensemble"].map((model) =>
        `${model}: ${model === "ensemble" ? "lda-shrinkage" : model} ` +
        "needs more samples than classes, there is one of each of 2 classes"
      ),
    );
    assert(unfitted.some(({ fusion }) => fusion === "decision-stacking"));
    assert(unfitted.some(({ fusion }) => fusion === "hybrid"));
    assert(fits.every(({ name }) => !/^(lda|svm-rbf-grid|ensemble)/.test(name)));
    const saved = Object.keys(savedModels(job));
    assert(saved.includes("gaussian-nb-audio.safetensors"));
    assert(!saved.some((name) => /lda|ensemble/.test(name)), saved.join());
  }));

Deno.test("what a rule learns from inner folds too small for their models comes with a warning", () =>
  withDir((dir) => {
    const plans = planRecipes(["statistics"], ["train"]);
    const { features: { mfcc } } = syntheticFold(dir);
    const job = syntheticFold(dir, {
      ...{ plans, train: Int32Array.of(0, 1, 2, 3), features: { voice: mfcc, landmarks: mfcc } },
      video: undefined,
    });
    const rows = fitted(evaluateFold(job, () => {}));
    const warned = rows.filter(({ warning }) => warning?.startsWith("learned from samples that "));
    assert.deepEqual(warned.map(({ fusion }) => fusion), [
      "decision-weighted",
      "decision-stacking",
    ]);
    assert.match(
      warned[0].warning!,
      /count as undecided: inner-1: lda-shrinkage needs more samples/,
    );
  }));

Deno.test("evaluateFolds() gives the same rows and models however many workers it has", () =>
  withDir(async (dir) => {
    const half = { train: Int32Array.of(4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15) };
    const jobs = (modelsDir: string) => [
      syntheticFold(dir, { modelsDir: join(dir, modelsDir) }),
      syntheticFold(dir, {
        ...half,
        name: "fold-2",
        test: Int32Array.of(0, 1, 2, 3),
        modelsDir: join(dir, modelsDir),
      }),
    ];
    for (const name of ["one", "two"]) await Deno.mkdir(join(dir, name));
    const seen: string[] = [];
    const one = await evaluateFolds(jobs("one"), 1);
    const two = await evaluateFolds(jobs("two"), 2, (_done, _total, what) => seen.push(what));
    assert.deepEqual(two, one);
    assert(one.every(({ tfjsBackend }) => tfjsBackend === "wasm"));
    jobs("two").forEach((job, i) =>
      assert.deepEqual(savedModels(job), savedModels(jobs("one")[i]))
    );
    assert(seen.some((what) => what.startsWith("fold-2: ")));
  }));

Deno.test("recipe spectrogram fuses networks over time in every way, and its models come back", () =>
  withDir(async (dir) => {
    const plans = planRecipes(["spectrogram"]);
    const random = new Random(2);
    const { labels } = syntheticFold(dir);
    /** Frames whose first channel rises or falls with the class. */
    const sequence = (frames: number, channels: number): FeatureData => ({
      ...{ width: frames * channels, channels },
      data: Float32Array.from({ length: labels.length * frames * channels }, (_, i) => {
        const frame = Math.floor(i / channels) % frames;
        const label = labels[Math.floor(i / channels / frames)];
        const rise = i % channels === 0 ? 4 * (label - 0.5) * (frame / frames - 0.5) : 0;
        return rise + 0.3 * random.normal();
      }),
    });
    const times = { starts: new Float64Array(labels.length).fill(0.1), step: 1 / 40 };
    const features = {
      "log-mel": { ...sequence(32, 8), times },
      "landmark-sequence": sequence(36, 3),
    };
    const job = syntheticFold(dir, { plans, features, video: undefined });
    let steps = 0;
    const { rows, curves } = evaluateFold(job, () => steps++);
    assert.equal(steps, foldSteps(job));
    assert.deepEqual(names(rows), [
      "audio cnn2d none",
      "video cnn-sequence none",
      "fused cnn-sequence early",
      ...["concat", "sum", "product", "weighted"].map((rule) => `fused mlp late-${rule}`),
      ...["mean", "weighted", "product", "max", "vote", "stacking"]
        .map((rule) => `fused cnn2d+cnn-sequence decision-${rule}`),
      "fused mlp hybrid",
    ]);
    assert(rows.every(({ normalisation }) => normalisation === "own"));
    assert(curves.some(({ model }) => model === "cnn2d on log-mel"));
    // What the networks over time take in is made of frames of both: 8 + 3 channels.
    const folder = join(job.modelsDir, job.name);
    for (const [file, channels] of [["cnn2d-audio", 8], ["cnn-sequence-fused", 11]] as const) {
      const path = join(folder, `spectrogram-own-${file}.safetensors`);
      const { settings } = await readModel(path);
      assert.equal(settings.channels, channels);
      const again = await loadClassifier(path);
      assert.equal(again.name, file.replace(/-[a-z]+$/, ""));
      again.dispose();
    }
  }));
