import type { Corpus } from "../corpus/corpus.ts";
import { withOldNames } from "../corpus/old_names.ts";
import { distinctSpeakers } from "../corpus/speakers.ts";
import { featureMap } from "../evaluate/feature_map.ts";
import { Matrix } from "../nn/matrix.ts";
import type { FoldResult } from "./evaluate_folds.ts";
import type { FeatureData, FoldJob } from "./fold.ts";
import type { ReportData } from "./report_data.ts";
import type { RunLock } from "./run_lock.ts";
import type { Sample } from "./samples.ts";

/** What the report's data are made of. */
export interface ReportParts {
  /** The folds' jobs. */
  readonly jobs: readonly FoldJob[];
  /** What they gave, in the same order. */
  readonly folds: readonly FoldResult[];
  /** The samples that they number. */
  readonly samples: readonly Sample[];
  /** Names of the classes. */
  readonly classes: readonly string[];
  /** The corpus that the samples are of. */
  readonly corpus: Pick<Corpus, "oldNames">;
  /** What repeats the run. */
  readonly lock: RunLock;
  /** The run folder. */
  readonly out: string;
  /** Seed of the maps. */
  readonly seed: number;
}

/** Gathers what the report shows beside results and predictions; how long stages took comes later. */
export function makeReportData(parts: ReportParts): Omit<ReportData, "timings"> {
  const { jobs, folds, samples, classes, seed, corpus: { oldNames } } = parts;
  const speakers = distinctSpeakers(samples.map(({ speaker }) => speaker));
  return {
    schema: "emofuse.report/1",
    curves: folds.flatMap(({ curves }, i) =>
      curves.map((curve) => ({ fold: jobs[i].name, ...curve }))
    ),
    maps: Object.entries(jobs[0].features).flatMap(([name, features]) =>
      mapsOf(name, features, samples.length, seed)
    ),
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
    command: repeatText(parts),
  };
}

function mapsOf(
  name: string,
  { width, data }: FeatureData,
  n: number,
  seed: number,
): ReportData["maps"][number][] {
  const { pca, explained, umap } = featureMap(new Matrix(n, width, data), seed);
  return [
    { features: name, method: "pca", explained, points: pca },
    ...umap ? [{ features: name, method: "umap" as const, points: umap }] : [],
  ];
}

/** How to repeat the run, and on what its results rest. */
function repeatText({ lock, out }: ReportParts): string {
  const { code, places, weights } = lock;
  return [
    `deno task run --from ${out}/run.lock.json`,
    "",
    `Emofuse ${code.version}, SHA-256 of the code ${code.sha256}`,
    `Deno ${code.deno}, SHA-256 of deno.lock ${code.dependencies}`,
    `clips in ${places.data}: ${Object.keys(lock.clips).length} files, hashes in run.lock.json`,
    ...weights ? [`SHA-256 of the backbone's weights ${weights}`] : [],
  ].join("\n");
}
