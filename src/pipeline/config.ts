import type { EarInfo } from "../../models/ear.ts";
import type { BackboneName } from "../../models/registry.ts";
import type { Corpus } from "../corpus/corpus.ts";
import type { LabelMap } from "../corpus/label_maps/label_map.ts";
import type { CorpusFolder } from "../corpus/scan_folders.ts";
import type { ListChoice } from "../corpus/manifest/list_choice.ts";
import type { ClipFilter } from "../corpus/filter.ts";
import type { GroupBy } from "../corpus/group_values.ts";
import type { FoldPlan } from "../split/fold_plan.ts";
import type { Modality, RunModality } from "../modality.ts";
import type { Convolutions } from "../nn/backend.ts";
import type { FrameFill } from "../vision/embed_frames.ts";
import type { BucketOptions } from "./store/bucket/bucket_options.ts";
import type { RecipePlan } from "./recipes/recipe.ts";

/** Features that somebody else computed, and what they are of. */
export interface TableOfFeatures {
  /** What results call them. */
  readonly name: string;
  /** The modality that they describe. */
  readonly modality: Modality;
  /**
   * SHA-256 of the file, hexadecimal.
   *
   * @default {it is read and entered when the run begins}
   */
  readonly sha256?: string;
}

/**
 * Every setting that decides the results of a run, beside the clips and the weights themselves, whose
 * hashes `results.json` holds. It is written there as it is.
 */
export interface RunConfig {
  /** Which modalities to use. */
  readonly modality: RunModality;
  /**
   * What test samples are divided by to see who is recognised worse.
   *
   * @default {sex, age and language, where the corpus tells them}
   */
  readonly by?: readonly GroupBy[];
  /** Clips to keep: all where it is empty. The labels that are left are the classes. */
  readonly filter: ClipFilter;
  /**
   * Other labels for those of the corpus, in full.
   *
   * @default {labels stay as they are}
   */
  readonly labelMap?: LabelMap;
  /**
   * What holds what in a list of clips.
   *
   * @default {what the list's own words tell}
   */
  readonly list?: ListChoice;
  /** Name of the protocol that splits the samples. */
  readonly protocol: string;
  /** How the samples are divided (a user's own folds in full), or null for the protocol's own way. */
  readonly folds: FoldPlan | null;
  /** What is fitted: features, models and normalisations. */
  readonly recipes: readonly RecipePlan[];
  /**
   * Features that somebody else computed.
   *
   * @default {none}
   */
  readonly tables?: readonly TableOfFeatures[];
  /** Name of the face backbone. */
  readonly backbone: BackboneName;
  /** Where the backbone `landmarks` takes them from: its network, or files that somebody else made. */
  readonly landmarks: "network" | "files";
  /** Whether the backbone sees the whole picture or the detected face. */
  readonly crop: "none" | "face";
  /** Step from one embedded frame to the next, in frames, from 1 on: 1 embeds all of them, 3 each third. */
  readonly frameStep: number;
  /** What the frames between two embedded ones get. */
  readonly frameFill: FrameFill;
  /** What computes the backbone's convolutions: Emofuse's kernels or those that come with tfjs. */
  readonly kernels: Convolutions;
  /** Which MFCC definition the voice features follow. */
  readonly mfcc: "librosa" | "textbook";
  /** Length of the part of a clip that is used, in seconds from its start; shorter clips are padded. */
  readonly seconds: number;
  /** Rate at which the picture is sampled, in frames a second. */
  readonly fps: number;
  /** Rate to which the sound is resampled, in Hz. */
  readonly sampleRate: number;
  /**
   * The trained ear that hears the sound too, and the rate that it wants, in Hz.
   *
   * @default {none}
   */
  readonly ear?: Pick<EarInfo, "name" | "sampleRate">;
  /** What decodes the clips: ffmpeg.wasm, or an ffmpeg found on the machine. */
  readonly decoder: "wasm" | "native";
  /** Seed of every random choice. */
  readonly seed: number;
}

/** What a run needs beside its configuration: where things are, and how much is done at once. */
export interface RunPlaces {
  /** Folder of the clips, or the first of them; or a file that lists clips. */
  readonly data: string;
  /**
   * Folders of the clips where there are several, each of a corpus of its own, or where the corpus is told.
   *
   * @default {`data` alone, of the corpus whose names its files have}
   */
  readonly folders?: readonly CorpusFolder[];
  /**
   * The corpora whose names are looked for in it.
   *
   * @default {CORPORA}
   */
  readonly corpora?: readonly Corpus[];
  /** Run folder, made where it is missing. */
  readonly out: string;
  /** Folder of the feature store, made where it is missing, or `s3://bucket/prefix`. */
  readonly store: string;
  /**
   * What else a store in a bucket needs to be opened.
   *
   * @default {nothing, for a folder}
   */
  readonly bucket?: BucketOptions;
  /** File of imported weights, for a backbone that needs one. */
  readonly weights?: string;
  /** File of a trained ear's weights, where one hears the sound. */
  readonly ear?: string;
  /** Folder of landmark files, where they stand for the picture. */
  readonly landmarks?: string;
  /** Files of the tables of features, by their names. */
  readonly tables?: Readonly<Record<string, string>>;
  /** How many clips, and how many folds, are worked on at once. */
  readonly workers: number;
}

/** The tutorial's settings. */
export const DEFAULT_CONFIG: RunConfig = {
  modality: "av",
  filter: {},
  protocol: "tutorial",
  folds: null,
  recipes: [{ recipe: "tutorial", normalisation: "none" }],
  backbone: "faceres",
  landmarks: "network",
  crop: "none",
  frameStep: 1,
  frameFill: "repeat",
  kernels: "winograd",
  mfcc: "librosa",
  seconds: 4,
  fps: 30,
  sampleRate: 8000,
  decoder: "wasm",
  seed: 1,
};
