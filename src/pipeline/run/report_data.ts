/** One epoch of a training curve. */
export interface CurvePoint {
  /** Number of the epoch, from 1. */
  readonly epoch: number;
  /** Mean cross-entropy of the training batches. */
  readonly loss: number;
  /** Share of the training rows that was right, 0 to 1. */
  readonly accuracy: number;
  /** Mean cross-entropy of the validation rows, where there are any. */
  readonly valLoss?: number;
  /** Share of the validation rows that was right, 0 to 1. */
  readonly valAccuracy?: number;
}

/** A part of a run that was done by itself, on whichever machine. */
export interface ShardTiming {
  /** What it was a part of: decoding and embedding clips, or fitting and testing models. */
  readonly stage: "extract" | "folds";
  /** Its number in the stage, from 0. */
  readonly shard: number;
  /** What was done, in words: `120 samples`, or `fold-1: statistics`. */
  readonly what: string;
  /** The machine that completed it. */
  readonly host: string;
  /** How long the attempt took that completed it, in seconds. */
  readonly seconds: number;
}

/**
 * The content of `report.json`: what the report shows beside `results.json` and `predictions.json`. Where
 * the corpus has old names for fields, they stand beside these.
 */
export interface ReportData {
  /** Name and version of this layout. */
  readonly schema: "emofuse.report/1";
  /** How networks learned. */
  readonly curves: readonly {
    /** Name of the fold. */
    readonly fold: string;
    /** What was trained, in words, such as `cnn1d on mfcc`; the folds of one model share it. */
    readonly model: string;
    /** One entry an epoch. */
    readonly epochs: readonly CurvePoint[];
  }[];
  /** The samples drawn in the plane, by what their features have in common. */
  readonly maps: readonly {
    /** Name of the feature set. */
    readonly features: string;
    /** How many dimensions became two. */
    readonly method: "pca" | "umap";
    /** Share of the variance that the two dimensions hold, 0 to 1, where the method tells it. */
    readonly explained?: number;
    /** Place of each sample of `mapSamples` that is mapped, in the same order. */
    readonly points: readonly (readonly [number, number])[];
  }[];
  /** Which of `mapSamples` are mapped, where they are too many; else all are. */
  readonly mapped?: readonly number[];
  /** The samples of the maps. */
  readonly mapSamples: readonly {
    /** Name of the sample. */
    readonly id: string;
    /** Who speaks. */
    readonly speaker: string;
    /** The class. */
    readonly label: string;
  }[];
  /** Samples by speaker and label. */
  readonly matrix: {
    /** Speakers, one a row. */
    readonly speakers: readonly string[];
    /** Labels, one a column. */
    readonly labels: readonly string[];
    /** Number of samples [speakers][labels]. */
    readonly counts: readonly (readonly number[])[];
  };
  /** How long each stage took, in order. */
  readonly timings: readonly {
    /** The stage, in words. */
    readonly stage: string;
    /** Duration in seconds. */
    readonly seconds: number;
  }[];
  /**
   * Who did each part of a run that many machines did, and how long that took.
   *
   * @default {one machine did all of it}
   */
  readonly shards?: readonly ShardTiming[];
  /** What repeats the run: command line, versions and lock hash, one a line. */
  readonly command: string;
}
