import type { SkippedFile } from "../../corpus/clip.ts";
import type { CorpusWords } from "../../corpus/words.ts";
import type { RowComparison } from "../../evaluate/compare_rows.ts";
import type { FoundLeak } from "../../evaluate/find_leaks.ts";
import type { RowMetrics } from "../../evaluate/row_metrics.ts";
import type { RunConfig } from "../config.ts";
import type { CorpusMatrix } from "./corpus_matrix.ts";
import type { MissingModality } from "./missing/missing_modality.ts";
import type { RatedGroups } from "./rated_groups.ts";
import type { RowName } from "./row_name.ts";
import type { PeopleScores } from "./rate_people.ts";

export type { BaselineName, RowName } from "./row_name.ts";

/** One row of the results table: one model on one choice of features, over all folds together. */
export interface ResultRow extends RowName {
  /** Predictions of the training samples, pooled over the folds. */
  readonly train: {
    /** Number of predictions. */
    readonly n: number;
    /** Share of them that is right. */
    readonly accuracy: number;
  };
  /** Metrics of the test predictions, pooled over the folds. */
  readonly test: RowMetrics;
  /** This row beside the best one; absent for the best itself and for `chance`. */
  readonly comparison?: RowComparison;
  /** Identifiers of the leaks that make this row's test result better than it should be. */
  readonly leaks: readonly string[];
  /** What the reader should know of the fits, such as one that did not converge; often nothing. */
  readonly warnings: readonly string[];
}

/** A row that is missing from the table: its model could not be fitted. */
export interface UnfittedResult extends RowName {
  /** In which fold and why, in one line. */
  readonly reason: string;
}

/** The content of `results.json`. */
export interface Results {
  /** Name and version of this layout. */
  readonly schema: "emofuse.results/1";
  /** Everything that decided the results. */
  readonly config: RunConfig;
  /** The samples that took part, and the files that did not. Where the corpus has old names, they stand beside. */
  readonly corpus: {
    /** Name of the corpus, as the registry has it. */
    readonly name: string;
    /** The corpus's name for people. */
    readonly title: string;
    /** What the corpus calls speakers, takes and labels. */
    readonly words: CorpusWords;
    /** True for the demo's synthetic corpus: its numbers say nothing about people. */
    readonly synthetic: boolean;
    /** Samples that took part. */
    readonly samples: number;
    /** Files that took part. */
    readonly clips: number;
    /** Distinct takes among them. */
    readonly takes: number;
    /** Distinct speakers among them. */
    readonly speakers: readonly string[];
    /** The classes and their number of samples. */
    readonly classes: readonly { readonly label: string; readonly samples: number }[];
    /** Samples whose sound is silence. */
    readonly silent: number;
    /** SHA-256 over the names and contents of the clips that took part. */
    readonly sha256: string;
    /** Files that did not take part, and why. */
    readonly skipped: readonly SkippedFile[];
    /** Files that took part although something about them is not as it should be. */
    readonly warnings: readonly SkippedFile[];
  };
  /** The face network and the SHA-256 of its weights, where the face is used. */
  readonly backbone: { readonly name: string; readonly weightsSha256: string } | null;
  /** The trained ear and the hash of its weights; left out where none hears the sound. */
  readonly ear?: { readonly name: string; readonly weightsSha256: string };
  /** Accuracy, and UAR, of guessing each class equally often. */
  readonly chance: number;
  /** Accuracy of always saying the class that most training samples have. */
  readonly majority: number;
  /** How the samples were split; across corpora those of the matrix alone come last. */
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
  /** The table: baselines, voice, face and both, one row a model. */
  readonly rows: readonly ResultRow[];
  /** Each corpus on each, where models were judged across corpora. */
  readonly matrix?: CorpusMatrix;
  /** What fused rows lose where a modality is missing, in runs with attention. */
  readonly missing?: readonly MissingModality[];
  /** Who is recognised worse, by each attribute. */
  readonly groups?: readonly RatedGroups[];
  /** How well people named the emotions of the test samples, where the corpus has their votes. */
  readonly people?: readonly PeopleScores[];
  /** Rows that the table lacks, where a model could not be fitted. */
  readonly unfitted?: readonly UnfittedResult[];
  /** What may differ between two runs with the same results. */
  readonly provenance: Readonly<Record<string, unknown>>;
}

/** The content of `predictions.json`: what every row says of every test sample. */
export interface Predictions {
  /** Name and version of this layout. */
  readonly schema: "emofuse.predictions/1";
  /** Names of the classes; numbers below count them. */
  readonly classes: readonly string[];
  /** The test samples, fold after fold. */
  readonly samples: readonly {
    /** Name of the sample. */
    readonly id: string;
    /** Name of the fold that tests it. */
    readonly fold: string;
    /** Its class, as an index of `classes`. */
    readonly truth: number;
  }[];
  /** The rows of the table, in the same order. */
  readonly rows: readonly (RowName & {
    /** Predicted class of each sample. */
    readonly predicted: readonly number[];
    /** Class probabilities of each sample, to six digits. */
    readonly probabilities: readonly (readonly number[])[];
  })[];
}
