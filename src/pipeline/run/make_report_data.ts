import { asCalled } from "../../runtime/invocation.ts";
import { withOldNames } from "../../corpus/old_names.ts";
import { distinctSpeakers } from "../../corpus/speakers.ts";
import { featureMap } from "../../evaluate/feature_map.ts";
import { Matrix } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import type { EvaluatedRun } from "./evaluate_run.ts";
import type { FeatureData } from "../fold/fold.ts";
import type { PreparedRun } from "./prepare_run.ts";
import type { ReportData } from "./report_data.ts";
import type { RunLock } from "./run_lock.ts";

/**
 * Most samples that are mapped. UMAP holds some 30 KB for each, and the report draws each; where two thousand lie shows
 * where the others do.
 */
const MOST_MAPPED = 2000;

/** Gathers what the report shows beside results and predictions; how long stages took comes later. */
export function makeReportData(
  { config: { seed }, places, found, samples: extracted, classes }: PreparedRun,
  { jobs, folds }: EvaluatedRun,
  lock: RunLock,
): Omit<ReportData, "timings"> {
  const samples = extracted.map(({ sample }) => sample);
  const { oldNames } = found.corpus;
  const speakers = distinctSpeakers(samples.map(({ speaker }) => speaker));
  const mapped = samples.length > MOST_MAPPED ? drawRows(samples.length, seed) : undefined;
  return {
    schema: "emofuse.report/1",
    curves: folds.flatMap(({ curves }, i) =>
      curves.map((curve) => ({ fold: jobs[i].name, ...curve }))
    ),
    maps: Object.entries(jobs[0].features).flatMap(([name, features]) =>
      mapsOf(name, features, { n: samples.length, mapped, seed })
    ),
    ...(mapped && { mapped: Array.from(mapped) }),
    mapSamples: samples.map(({ id, speaker, label }) =>
      withOldNames({ id, speaker, label }, oldNames)
    ),
    matrix: withOldNames({
      speakers,
      labels: classes,
      counts: speakers.map((speaker) =>
        classes.map((name) =>
          samples.filter((sample) => sample.speaker === speaker && sample.label === name).length
        )
      ),
    }, oldNames),
    command: repeatText(lock, places.out),
  };
}

function mapsOf(
  name: string,
  { width, data }: FeatureData,
  { n, mapped, seed }: { n: number; mapped: Int32Array | undefined; seed: number },
): ReportData["maps"][number][] {
  const all = new Matrix(n, width, data);
  const { pca, explained, umap } = featureMap(mapped ? all.selectRows(mapped) : all, seed);
  return [
    { features: name, method: "pca", explained, points: pca },
    ...umap ? [{ features: name, method: "umap" as const, points: umap }] : [],
  ];
}

/** Rows that are mapped in place of all, drawn at random, in their order. */
function drawRows(n: number, seed: number): Int32Array {
  return new Random(seed).derive("mapped").permutation(n).subarray(0, MOST_MAPPED).sort();
}

/** How to repeat the run, and on what its results rest. */
function repeatText(lock: RunLock, out: string): string {
  const { code, places, weights } = lock;
  return [
    asCalled(`deno task run --from ${out}/run.lock.json`),
    "",
    `Emofuse ${code.version}, SHA-256 of the code ${code.sha256}`,
    `${code.runtime}, SHA-256 of deno.lock ${code.dependencies}`,
    `clips in ${places.data}: ${Object.keys(lock.clips).length} files, hashes in run.lock.json`,
    ...weights ? [`SHA-256 of the backbone's weights ${weights}`] : [],
    ...lock.ear ? [`SHA-256 of the weights of the ear ${lock.ear}`] : [],
  ].join("\n");
}
