import assert from "node:assert/strict";
import { join } from "node:path";
import { findLeaks } from "../../src/evaluate/find_leaks.ts";
import { refuseLeaks } from "../../src/evaluate/refuse_leaks.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { FitError } from "../../src/numeric/fit_error.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import { evaluateFold, foldSteps } from "../../src/pipeline/fold/evaluate_fold.ts";
import { FITTERS } from "../../src/pipeline/fold/fits/fitters.ts";
import type { FeatureData, FoldJob, FoldRow, UnfittedRow } from "../../src/pipeline/fold/fold.ts";
import { joinFrames } from "../../src/pipeline/fold/join_frames.ts";
import { loadClassifier, readModel } from "../../src/pipeline/fold/model_file.ts";
import { OneModality } from "../../src/pipeline/fold/one_modality.ts";
import { findProtocol } from "../../src/split/protocols/registry.ts";
import { syntheticFold } from "./synthetic_fold.ts";

const PLANS = [{ recipe: "attention", normalisation: "none" }] as const;
const VOICE = { frames: 32, channels: 8 }, FACE = { frames: 30, channels: 3 };

/** A fold of voices and faces as sequences; those of test samples are other ones for another `testSeed`. */
async function withFold(
  work: (job: FoldJob, again: (testSeed: number) => FoldJob) => void | Promise<void>,
  part: Partial<FoldJob> = {},
): Promise<void> {
  await initBackend();
  const dir = await Deno.makeTempDir();
  try {
    const { labels } = syntheticFold(dir);
    const sequence = ({ frames, channels }: typeof VOICE, seed: number): FeatureData => ({
      ...{ width: frames * channels, channels },
      data: Float32Array.from({ length: labels.length * frames * channels }, (_, i) => {
        const sample = Math.floor(i / channels / frames);
        const random = new Random(sample < 12 ? i : i + seed);
        const rise = (Math.floor(i / channels) % frames) / frames - 0.5;
        return (i % channels === 0 ? 4 * (labels[sample] - 0.5) * rise : 0) + 0.3 * random.normal();
      }),
    });
    const times = { starts: new Float64Array(labels.length).fill(0.1), step: 1 / 40 };
    const make = (testSeed: number) =>
      syntheticFold(dir, {
        plans: PLANS,
        features: {
          "log-mel": { ...sequence(VOICE, testSeed), times },
          "landmark-sequence": { ...sequence(FACE, testSeed), mirrored: [1] },
        },
        video: undefined,
        ...part,
      });
    await work(make(0), make);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function names(rows: readonly (FoldRow | UnfittedRow)[]): string[] {
  return rows.map(({ modality, model, fusion, features }) =>
    `${modality} ${model} ${fusion} ${features}`
  );
}

const modelFile = ({ modelsDir, name }: FoldJob) =>
  join(modelsDir, name, "attention-none-attention-fused.safetensors");

Deno.test("recipe attention fits one network and gives its rows on both modalities and on each alone", () =>
  withFold((job) => {
    let steps = 0;
    const { rows, fits, curves } = evaluateFold(job, () => steps++);
    assert.equal(steps, foldSteps(job));
    assert.deepEqual(names(rows), [
      "audio attention none log-mel",
      "video attention none landmark-sequence",
      "fused attention attention log-mel+landmark-sequence",
    ]);
    const model = "attention on log-mel+landmark-sequence";
    assert.deepEqual(curves.map((curve) => curve.model), [model]);
    assert.deepEqual(fits.map(({ name, kind, usesLabels }) => [name, kind, usesLabels]), [
      [model, "classifier", true],
    ]);
    assert.deepEqual([...fits[0].fittedOn].toSorted((a, b) => a - b), [...job.train]);
    const probabilities = (rows as FoldRow[]).map(({ testProba }) => testProba.join());
    assert.equal(new Set(probabilities).size, 3);
  }));

Deno.test("the saved network of recipe attention gives each of its rows again, the other modality put to 0", () =>
  withFold(async (job) => {
    const { rows } = evaluateFold(job, () => {});
    const { settings } = await readModel(modelFile(job));
    const parts = [{ modality: "audio", channels: 8 }, { modality: "video", channels: 3 }] as const;
    assert.deepEqual(settings.parts, parts);
    const again = await loadClassifier(modelFile(job));
    const [voice, face] = Object.values(job.features).map(({ width, data, ...layout }) => ({
      ...layout,
      matrix: new Matrix(job.labels.length, width, data),
    }));
    const x = joinFrames(voice, face).selectRows(job.test);
    const shown = {
      audio: new OneModality(parts, "audio").transform(x),
      video: new OneModality(parts, "video").transform(x),
      fused: x,
    };
    for (const row of rows as FoldRow[]) {
      assert.deepEqual(again.predictProba(shown[row.modality]).data, row.testProba, row.modality);
    }
    again.dispose();
  }));

Deno.test("recipe attention repeats itself to the bit and learns nothing from test samples", () =>
  withFold((job, other) => {
    const first = evaluateFold(job, () => {});
    const model = Deno.readFileSync(modelFile(job));
    assert.deepEqual(evaluateFold(job, () => {}), first);
    const changed = other(1e6);
    const second = evaluateFold(changed, () => {});
    assert.deepEqual(Deno.readFileSync(modelFile(changed)), model);
    assert.notDeepEqual(second.rows, first.rows);
  }));

Deno.test("recipe attention works on one modality alone", () =>
  withFold((job) => {
    const { "landmark-sequence": face } = job.features;
    const alone = { ...job, features: { "landmark-sequence": face } };
    let steps = 0;
    const { rows } = evaluateFold(alone, () => steps++);
    assert.equal(steps, foldSteps(alone));
    assert.deepEqual(names(rows), ["video attention none landmark-sequence"]);
  }));

Deno.test("recipe attention that cannot be fitted says so in all its rows", () =>
  withFold((job) => {
    const fitters = {
      ...FITTERS,
      classifier: () => {
        throw new FitError("the loss became NaN");
      },
    };
    const { rows, fits } = evaluateFold(job, () => {}, fitters);
    assert.deepEqual(
      rows.map((row) => (row as UnfittedRow).unfitted),
      Array(3).fill("the loss became NaN"),
    );
    assert.deepEqual(fits, []);
  }));

Deno.test("a network of both modalities that learns from all samples: honest protocols refuse it", () =>
  withFold((job) => {
    const leaks = (fits: ReturnType<typeof evaluateFold>["fits"]) =>
      findLeaks(
        findProtocol("speaker-independent"),
        [job],
        job.groups.map((take, i) => ({
          ...{ take, speaker: job.speakers[i], label: String(job.labels[i]), silent: false },
        })),
        "av",
        fits,
      );
    const refuse = (found: ReturnType<typeof leaks>) =>
      refuseLeaks(findProtocol("speaker-independent"), found);
    refuse(leaks(evaluateFold(job, () => {}).fits));
    const broken = {
      ...FITTERS,
      classifier: (...[classifier, set]: Parameters<typeof FITTERS.classifier>) =>
        FITTERS.classifier(classifier, set.everything()),
    };
    const { fits } = evaluateFold(job, () => {}, broken);
    assert.throws(
      () => refuse(leaks(fits)),
      /attention on log-mel\+landmark-sequence of fold-1 was fitted on 4 of its test samples/,
    );
  }));
