import { describeFolds, describeSamples, describeTested } from "./describe_run.ts";
import type { EvaluatedRun } from "./evaluate_run.ts";
import type { PreparedRun } from "./prepare_run.ts";
import { rateByGroups } from "./rate_by_groups.ts";
import { ratePeople } from "./rate_people.ts";
import type { Predictions, Results } from "./results.ts";

/** The content of `results.json`; `provenance` is that of {@linkcode runProvenance}. */
export function makeResults(
  { config, found, networks: { backbone, ear }, samples, classes, notes }: PreparedRun,
  { splits, leaks, rows, unfitted, matrix, missing, predictions }: EvaluatedRun,
  provenance: Results["provenance"],
): Results {
  const inTable = splits.filter(({ aside }) => !aside);
  const tested = inTable.flatMap(({ test }) => Array.from(test, (i) => samples[i].sample));
  const people = ratePeople(found.corpus, [...new Set(tested)], config);
  const groups = rateByGroups(
    tested,
    { samples: describeTested(inTable, samples, classes), rows: predictions },
    classes.length,
    { ...config, votes: found.corpus.votes },
  );
  return {
    schema: "emofuse.results/1",
    config,
    corpus: {
      synthetic: found.synthetic,
      ...describeSamples(samples, classes, found.corpus),
      skipped: notes.skipped,
      warnings: notes.warnings,
    },
    backbone: backbone ? { name: backbone.name, weightsSha256: backbone.weightsHash } : null,
    ...(ear ? { ear: { name: ear.name, weightsSha256: ear.weightsHash } } : {}),
    chance: 1 / classes.length,
    majority: rows.find(({ model }) => model === "majority")!.test.accuracy,
    folds: describeFolds(splits, samples),
    leaks: leaks.map(({ id, text }) => ({ id, text })),
    rows,
    ...(matrix ? { matrix } : {}),
    ...(missing.length > 0 ? { missing } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(people.length > 0 ? { people } : {}),
    ...(unfitted.length > 0 ? { unfitted } : {}),
    provenance,
  };
}

/** The content of `predictions.json`. */
export function makePredictions(
  { samples, classes }: PreparedRun,
  { splits, predictions }: EvaluatedRun,
): Predictions {
  return {
    schema: "emofuse.predictions/1",
    classes,
    samples: describeTested(splits.filter(({ aside }) => !aside), samples, classes),
    rows: predictions,
  };
}
