import { accuracy } from "../evaluate/accuracy.ts";
import type { FoundLeak } from "../evaluate/find_leaks.ts";
import { uar } from "../evaluate/uar.ts";
import { wilsonInterval } from "../evaluate/wilson_interval.ts";
import type { SkippedFile } from "../corpus/scan.ts";
import type { RunConfig } from "./config.ts";
import type { FoldJob, FoldRow, RowName } from "./fold.ts";

/** One row of the results table: one model on one choice of features, over all folds together. */
export interface ResultRow extends RowName {
  /** Predictions of the training samples, pooled over the folds. */
  readonly train: {
    /** Number of predictions. */
    readonly n: number;
    /** Share of them that is right. */
    readonly accuracy: number;
  };
  /** Predictions of the test samples, pooled over the folds; each sample counts once. */
  readonly test: {
    /** Number of predictions. */
    readonly n: number;
    /** Share of them that is right. */
    readonly accuracy: number;
    /** Unweighted average recall: the mean over classes of the share found. */
    readonly uar: number;
    /** 95 % Wilson interval of the accuracy, as if the samples were independent. */
    readonly ci95: readonly [number, number];
  };
  /** Identifiers of the leaks that make this row's test result better than it should be. */
  readonly leaks: readonly string[];
}

/** The content of `results.json`. */
export interface Results {
  /** Name and version of this layout. */
  readonly schema: "emofuse.results/1";
  /** Everything that decided the results. */
  readonly config: RunConfig;
  /** What the run saw. */
  readonly corpus: {
    /** True for the demo's synthetic corpus: its numbers say nothing about people. */
    readonly synthetic: boolean;
    /** Samples that took part. */
    readonly samples: number;
    /** Files that took part. */
    readonly clips: number;
    /** Distinct performances among them. */
    readonly performances: number;
    /** Distinct actors among them. */
    readonly actors: readonly number[];
    /** The classes and their number of samples. */
    readonly classes: readonly { readonly emotion: string; readonly samples: number }[];
    /** Samples whose sound is digital silence. */
    readonly silent: number;
    /** SHA-256 over the names and contents of the clips that took part. */
    readonly sha256: string;
    /** Files that did not take part, and why. */
    readonly skipped: readonly SkippedFile[];
  };
  /** Accuracy of guessing each class equally often. */
  readonly chance: number;
  /** How the samples were split. */
  readonly folds: readonly {
    /** Name of the fold. */
    readonly name: string;
    /** Number of training samples. */
    readonly train: number;
    /** Samples tested, by name. */
    readonly test: readonly string[];
  }[];
  /** Leaks of the protocol that were found in this corpus. */
  readonly leaks: readonly Pick<FoundLeak, "id" | "text">[];
  /** The table. */
  readonly rows: readonly ResultRow[];
  /** What may differ between two runs with the same results. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

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
