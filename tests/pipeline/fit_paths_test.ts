import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { SampleTable } from "../../src/evaluate/sample_table.ts";
import type { TrainingSet } from "../../src/evaluate/training_set.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import type { Fold } from "../../src/pipeline/fold/fold.ts";
import type { FrameTable } from "../../src/pipeline/fold/frame_table.ts";
import { tableOf } from "../sample_table.ts";

const PIPELINE = fileURLToPath(new URL("../../src/pipeline/fold/", import.meta.url));

/** The code of every module of the pipeline without its comments, by its path there. */
function modules(dir = PIPELINE): [string, string][] {
  return Array.from(Deno.readDirSync(dir)).flatMap(({ name, isDirectory }): [string, string][] => {
    const path = join(dir, name);
    if (isDirectory) return modules(path);
    const code = Deno.readTextFileSync(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    return [[relative(PIPELINE, path), code]];
  });
}

/** The modules in which `pattern` is found. */
function where(pattern: RegExp): string[] {
  return modules().flatMap(([path, code]) => pattern.test(code) ? [path] : []).toSorted();
}

Deno.test("what fits is in fits/, and knows of samples what its training set tells", () => {
  const fitting = /\.fit\(|\btrainClassifier\(|\bcolumnStatistics\(|\blearnSpeaker\(/;
  const files = where(fitting);
  assert(files.length > 0);
  assert.deepEqual(files.filter((file) => !file.startsWith("fits/")), []);
  const data = /\b(SampleTable|FrameTable|FrameReader|FoldJob|FoldData|FoldSamples|Deno)\b/;
  assert.deepEqual(where(data).filter((file) => file.startsWith("fits/")), []);
});

Deno.test("rows come from tables for results alone, and into them where a fold's data is opened", () => {
  assert.deepEqual(where(/\.publish\(/), ["fit_final.ts", "fold_tools.ts"]);
  assert.deepEqual(where(/new SampleTable\(/), ["fold_data.ts", "frame_table.ts"]);
  assert.deepEqual(where(/new FrameReader\(/), ["frame_table.ts"]);
  assert.deepEqual(where(/new (FoldSamples|FrameTable)\(/), ["fold_data.ts"]);
  assert.deepEqual(where(/new (TrainingSet|FitReads)\(|\bledger\.add\(/), []);
});

Deno.test("a fold's steps have no way to rows, labels or groups but learn(): it does not compile", () => {
  // Types are checked before tests run: an expected error that is none fails the check.
  const steps = (fold: Fold, table: SampleTable, frames: FrameTable, set: TrainingSet<Matrix>) => [
    // @ts-expect-error: a task has no labels
    fold.job.labels,
    // @ts-expect-error: nor groups
    fold.job.groups,
    // @ts-expect-error: nor speakers
    fold.job.speakers,
    // @ts-expect-error: nor features
    fold.job.features,
    // @ts-expect-error: nor frames
    fold.job.video,
    // @ts-expect-error: a table has no values
    table.data,
    // @ts-expect-error: and is no matrix
    new Matrix(1, 1).selectRows(table),
    // @ts-expect-error: frames have no files
    frames.files,
    // @ts-expect-error: a training set has no facts
    set.facts,
  ];
  assert.equal(typeof steps, "function");
  const { table, samples } = tableOf(Matrix.fromRows([[1], [2]]));
  assert.deepEqual(Object.keys(table), []);
  assert.deepEqual(Object.keys(samples), ["all"]);
  const keys = table.learn({ name: "scaler", kind: "scaler" }, samples.all, (set) => {
    set.rows();
    return Object.keys(set);
  });
  assert.deepEqual(keys, ["samples"]);
});
