import type { FoldSamples } from "../../evaluate/fold_samples.ts";
import type { SampleTable } from "../../evaluate/sample_table.ts";
import type { SampleFacts } from "../../evaluate/training_set.ts";
import type { Modality, Seen } from "../../modality.ts";
import type { Fitters } from "./fits/fitters.ts";
import type { FoldLog } from "./fold_log.ts";
import type { SavedModel } from "./model_file.ts";
import type { ChosenRecipes } from "../recipes/choose_recipes.ts";
import type { Recipe, RecipePlan } from "../recipes/recipe.ts";
import type { RowName } from "../run/row_name.ts";

/** When the frames of a sequence are, in lengths of the clip: 0 is its start, 1 its end. */
export interface FrameTimes {
  /** Time of each sample's first frame [samples]; below 0 where it lies before the clip. */
  readonly starts: Float64Array;
  /** From one frame to the next. */
  readonly step: number;
}

/** One set of features of every sample, row by row, as plain data. */
export interface FeatureData {
  /** Numbers a sample. */
  readonly width: number;
  /** Numbers a frame, for features that are a sequence of frames; otherwise `width`. */
  readonly channels: number;
  /**
   * Widths of the blocks of numbers from which classifiers learn apart.
   *
   * @default {all numbers are one block}
   */
  readonly blocks?: readonly number[];
  /**
   * When the frames are, for sequences.
   *
   * @default {they divide the clip evenly}
   */
  readonly times?: FrameTimes;
  /**
   * Which numbers of a frame change their sign where the picture is mirrored, counted from 0.
   *
   * @default {it is not known}
   */
  readonly mirrored?: readonly number[];
  /** The values [samples, width]; best on a `SharedArrayBuffer`, which workers read without a copy. */
  readonly data: Float32Array;
}

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

/** A row whose model could not be fitted in one fold. */
export interface UnfittedRow extends RowName {
  /** Why, in one line. */
  readonly unfitted: string;
}

/** Where the frame embeddings of the samples lie. */
export interface EmbeddingFiles {
  /** One store entry a sample: a tensor `embeddings` [frames, featureSize]. */
  readonly files: readonly string[];
  /** Frames that count for a sample; the last one is repeated for shorter clips. */
  readonly frames: number;
  /** Frames a second. */
  readonly fps: number;
}

/**
 * What is to be done in one fold, without anything to learn from. Indices count samples, from 0 to one
 * less than there are.
 */
export interface FoldTask {
  /** Name of the fold, a folder name of the saved models. */
  readonly name: string;
  /** Samples that the fold learns from. */
  readonly train: Int32Array;
  /** Samples that the fold is tested on. */
  readonly test: Int32Array;
  /** Number of classes. */
  readonly nClasses: number;
  /** What is fitted. */
  readonly plans: readonly RecipePlan[];
  /** The recipes that the plans name. */
  readonly recipes: ChosenRecipes;
  /** Whether the face head learns from all samples, test samples too: the tutorial's leak. */
  readonly headOnAllClips: boolean;
  /** Whether the networks of late fusion learn from all samples: the tutorial's leak. */
  readonly featureNetworksOnAllClips: boolean;
  /** Seed of the run. */
  readonly seed: number;
  /** Folder for the fitted models. */
  readonly modelsDir: string;
}

/** All that one fold needs, as plain data that can be posted to a worker. */
export interface FoldJob extends FoldTask, SampleFacts {
  /** Features of each sample that need no fitting, by the name of their set. */
  readonly features: Readonly<Record<string, FeatureData>>;
  /** Frame embeddings of each sample, where a face network is used. */
  readonly video?: EmbeddingFiles;
}

/**
 * What the steps of one recipe in one fold share. Rows, labels and groups of samples are behind the
 * tables: a step gets at them by `learn`, which enters what it read into the ledger.
 */
export interface Fold {
  /** What is to be done. */
  readonly job: FoldTask;
  /** The samples, for what learns from them. */
  readonly samples: FoldSamples;
  /** How things are fitted. */
  readonly fitters: Fitters;
  /** The recipe that is followed. */
  readonly recipe: Recipe;
  /** The recipe and its normalisation. */
  readonly plan: RecipePlan;
  /** Name of each modality's features. */
  readonly sets: ReadonlyMap<Modality, string>;
  /** Features of every sample, one table [samples, features] a modality, in a fixed order. */
  readonly features: ReadonlyMap<Modality, SampleTable>;
  /** Both modalities' features together, where there are two: the input of early fusion. */
  readonly fused: SampleTable | undefined;
  /** Numbers a frame of each of them; of features that are no sequence, all their numbers. */
  readonly channels: ReadonlyMap<Seen, number>;
  /** Widths of the blocks of columns from which classifiers learn apart, where there are several. */
  readonly blocks: ReadonlyMap<Seen, readonly number[]>;
  /** Which numbers of a frame change their sign where the picture is mirrored, of modalities of which it is known. */
  readonly mirrored: ReadonlyMap<Modality, readonly number[]>;
  /** What the reader of the results should know of a modality's features, if anything. */
  readonly warnings: ReadonlyMap<Modality, string>;
  /** Keeps the training curves. */
  readonly log: FoldLog;
  /** Name of the features of a row. */
  readonly featureNames: Readonly<Record<Seen, string>>;
  /** The seed of what is fitted under the name `label`; no other name or fold has the same. */
  readonly seed: (label: string) => number;
  /** Reports that a model is about to be fitted. */
  readonly announce: (what: string) => void;
  /** Saves a fitted model under a name. */
  readonly save: (name: string, model: SavedModel) => void;
}
