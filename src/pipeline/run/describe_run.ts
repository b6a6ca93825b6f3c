import { createHash } from "node:crypto";
import type { Corpus } from "../../corpus/corpus.ts";
import { withOldNames } from "../../corpus/old_names.ts";
import { distinctSpeakers } from "../../corpus/speakers.ts";
import type { Split } from "../../split/protocol.ts";
import type { ExtractedSample } from "../extract/extract_tools.ts";
import type { PooledTest } from "./pool_rows.ts";
import type { Predictions, Results } from "./results.ts";

/** What the results say of the samples that took part. */
export function describeSamples(
  samples: readonly ExtractedSample[],
  classes: readonly string[],
  { name, title, words, oldNames }: Pick<Corpus, "name" | "title" | "words" | "oldNames">,
): Omit<Results["corpus"], "synthetic" | "skipped" | "warnings"> {
  const clips = samples.flatMap((sample) => Object.entries(sample.clips)).sort();
  return withOldNames({
    name,
    title,
    words,
    samples: samples.length,
    clips: clips.length,
    takes: new Set(samples.map(({ sample }) => sample.take)).size,
    speakers: distinctSpeakers(samples.map(({ sample }) => sample.speaker)),
    classes: classes.map((label) => {
      const n = samples.filter(({ sample }) => sample.label === label).length;
      return withOldNames({ label, samples: n }, oldNames);
    }),
    silent: samples.filter(({ silent }) => silent).length,
    sha256: createHash("sha256").update(JSON.stringify(clips)).digest("hex"),
  }, oldNames);
}

/** What the results say of the folds. */
export function describeFolds(
  splits: readonly Split[],
  samples: readonly ExtractedSample[],
): Results["folds"] {
  return splits.map(({ name, train, test }) => ({
    name,
    train: train.length,
    test: Array.from(test, (i) => samples[i].sample.id),
  }));
}

/** The test samples of all folds, as the predictions list them. */
export function describeTested(
  splits: readonly Split[],
  samples: readonly ExtractedSample[],
  classes: readonly string[],
): Predictions["samples"] {
  return splits.flatMap(({ name, test }) =>
    Array.from(test, (i) => ({
      id: samples[i].sample.id,
      fold: name,
      truth: classes.indexOf(samples[i].sample.label),
    }))
  );
}

/** The test samples of all folds; the bootstrap draws speakers, or takes where there is one speaker. */
export function pooledTest(
  splits: readonly Split[],
  samples: readonly ExtractedSample[],
  takes: readonly string[],
): PooledTest {
  const tested = Int32Array.from(splits.flatMap(({ test }) => Array.from(test)));
  const speakers = Array.from(tested, (i) => samples[i].sample.speaker);
  const one = new Set(speakers).size === 1;
  return { samples: tested, clusters: one ? Array.from(tested, (i) => takes[i]) : speakers };
}
