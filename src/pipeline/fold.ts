import type { Matrix } from "../nn/matrix.ts";
import type { SavedModel } from "./model_file.ts";
import type { RowName } from "./results.ts";

/** A modality with features of its own. */
export type Modality = "audio" | "video";

/** What one row's model says in one fold. */
export interface FoldRow extends RowName {
  /** Predicted class of each training sample, in the order of the fold's `train`. */
  readonly train: Int32Array;
  /** Predicted class of each test sample, in the order of the fold's `test`. */
  readonly test: Int32Array;
  /** Class probabilities of each test sample [test, classes], row by row. */
  readonly testProba: Float32Array;
  /** What the reader should know of the fit, if anything. */
  readonly warning?: string;
}

/** Where the frame embeddings of the samples lie. */
export interface EmbeddingFiles {
  /** One store entry a sample: a tensor `embeddings` [frames, featureSize]. */
  readonly files: readonly string[];
  /** Frames that count for a sample; the last one is repeated for shorter clips. */
  readonly frames: number;
}

/**
 * All that one fold needs, as plain data that can be posted to a worker. Indices count samples, from
 * 0 to `labels.length - 1`.
 */
export interface FoldJob {
  /** Name of the fold, a folder name of the saved models. */
  readonly name: string;
  /** Samples that the fold learns from. */
  readonly train: Int32Array;
  /** Samples that the fold is tested on. */
  readonly test: Int32Array;
  /** Class index of each sample. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly nClasses: number;
  /** Group of each sample which inner splits keep together: its performance or its actor. */
  readonly groups: readonly string[];
  /** Voice features of each sample, `width` numbers each, where the voice is used. */
  readonly audio?: { readonly width: number; readonly data: Float32Array };
  /** Frame embeddings of each sample, where the face is used. */
  readonly video?: EmbeddingFiles;
  /** Whether the face head learns from all samples, test samples too: the tutorial's leak. */
  readonly headOnAllClips: boolean;
  /** Whether the networks of late fusion learn from all samples: the tutorial's leak. */
  readonly featureNetworksOnAllClips: boolean;
  /** Seed of the run. */
  readonly seed: number;
  /** Folder for the fitted models. */
  readonly modelsDir: string;
}

/** What the steps of a fold share. */
export interface Fold {
  /** The fold's data. */
  readonly job: FoldJob;
  /** Features of every sample, one matrix [samples, features] a modality, in a fixed order. */
  readonly features: ReadonlyMap<Modality, Matrix>;
  /** Both modalities' features side by side, where there are two: the input of early fusion. */
  readonly fused: Matrix | undefined;
  /** Reports that a model is about to be fitted. */
  readonly announce: (what: string) => void;
  /** Saves a fitted model under a name. */
  readonly save: (name: string, model: SavedModel) => void;
}
