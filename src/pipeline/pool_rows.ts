import { accuracy } from "../evaluate/accuracy.ts";
import { uar } from "../evaluate/uar.ts";
import { wilsonInterval } from "../evaluate/wilson_interval.ts";
import type { FoldJob, FoldRow } from "./fold.ts";
import type { ResultRow, RowName } from "./results.ts";

const ORDER = ["audio", "video", "fused"];

/**
 * Pools the folds' predictions into one row a model, in the table's order: audio, video, fused.
 * `leaksOf` names the leaks that touch a row.
 */
export function poolRows(
  jobs: readonly FoldJob[],
  folds: readonly (readonly FoldRow[])[],
  leaksOf: (row: RowName) => string[],
): ResultRow[] {
  const rows = folds[0].map(({ modality, model, fusion }, r): ResultRow => {
    const pool = (side: "train" | "test") => ({
      truth: concat(jobs.map((job) => job[side].map((sample) => job.labels[sample]))),
      said: concat(folds.map((rows) => rows[r][side])),
    });
    const train = pool("train");
    const test = pool("test");
    const share = accuracy(test.truth, test.said);
    const n = test.truth.length;
    return {
      modality,
      model,
      fusion,
      train: { n: train.truth.length, accuracy: accuracy(train.truth, train.said) },
      test: {
        n,
        accuracy: share,
        uar: uar(test.truth, test.said, jobs[0].nClasses),
        ci95: wilsonInterval(Math.round(share * n), n),
      },
      leaks: leaksOf({ modality, model, fusion }),
    };
  });
  // Array.prototype.sort is stable: within a modality the rows keep the order they were made in.
  return rows.sort((a, b) => ORDER.indexOf(a.modality) - ORDER.indexOf(b.modality));
}

function concat(parts: readonly Int32Array[]): Int32Array {
  const out = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}
