import { Matrix } from "../nn/matrix.ts";
import { faceFeatures } from "./face_features.ts";
import type { FeatureSetOf } from "../features/feature_set.ts";
import { featureSet } from "../features/registry.ts";
import type { Modality, Seen } from "../modality.ts";
import type { FoldJob } from "./fold.ts";
import type { FoldLog } from "./fold_log.ts";
import { foldSeed } from "./fold_tools.ts";
import { type FrameMatrix, joinFrames } from "./join_frames.ts";
import type { SavedModel } from "./model_file.ts";
import { normalise } from "./normalise.ts";
import type { Recipe, RecipePlan } from "./recipes/recipe.ts";
import { featuresOfRecipe } from "./recipes/recipe_of.ts";

/** What the features of one recipe are made for. */
export interface FeatureRequest {
  /** The recipe. */
  readonly recipe: Recipe;
  /** The recipe and its normalisation. */
  readonly plan: RecipePlan;
  /** Samples that may be learned from. */
  readonly train: Int32Array;
  /** Name of this training set within the fold: `outer`, `inner-1` ... */
  readonly label: string;
}

/** Features of every sample as a recipe wants them. */
export interface RecipeFeatures {
  /** One matrix [samples, features] a modality. */
  readonly features: ReadonlyMap<Modality, Matrix>;
  /** Both together, where there are two. */
  readonly fused: Matrix | undefined;
  /** Numbers a frame of each of them; of features that are no sequence, all their numbers. */
  readonly channels: ReadonlyMap<Seen, number>;
  /** What was fitted to normalise them. */
  readonly scalers: ReadonlyMap<Modality, SavedModel>;
  /** What the reader of the results should know of a modality's features, if anything. */
  readonly warnings: ReadonlyMap<Modality, string>;
}

/**
 * Makes the features of one fold. What has to be learned for them (the face head, the scalers) is
 * learned from the samples of the request alone; the head is kept for the next recipe.
 */
export class FoldFeatures {
  readonly #job: FoldJob;
  readonly #announce: (what: string) => void;
  readonly #save: (name: string, model: SavedModel) => void;
  readonly #log: FoldLog;
  readonly #ofHeads = new Map<string, FrameMatrix>();

  /** Makes features of the job's samples. */
  constructor(
    job: FoldJob,
    announce: (what: string) => void,
    save: (name: string, model: SavedModel) => void,
    log: FoldLog,
  ) {
    this.#log = log;
    this.#job = job;
    this.#announce = announce;
    this.#save = save;
  }

  /** The features that a recipe works on. */
  make({ recipe, plan, train, label }: FeatureRequest): RecipeFeatures {
    const job = this.#job;
    const everything = allOf(job);
    const parts = [...featuresOfRecipe(job, recipe)].map(([modality, name]) => {
      const { matrix, channels, times } = this.#raw(name, train, label);
      const how = plan.normalisation;
      const made = normalise(matrix, { ...{ channels, train, how }, speakers: job.speakers });
      if (how === "train") this.#log.fitted(`${name} scaler`, "scaler", train, false);
      if (how === "own") {
        this.#log.fitted(`${name} speaker statistics`, "speaker-statistics", everything, false);
      }
      return { modality, channels, times, ...made };
    });
    const entries = <T>(pick: (part: typeof parts[number]) => T | undefined) =>
      new Map(parts.flatMap((part) => {
        const value = pick(part);
        return value === undefined ? [] : [[part.modality, value] as const];
      }));
    const result = {
      features: entries(({ matrix }) => matrix),
      scalers: entries(({ state }) => state),
      warnings: entries(({ warning }) => warning),
    };
    const channels = new Map<Seen, number>(entries((part) => part.channels));
    if (parts.length < 2) return { ...result, channels, fused: undefined };
    const fused = recipe.joins === "frames"
      ? joinFrames(parts[0], parts[1])
      : Matrix.concatColumns(parts.map(({ matrix }) => matrix));
    channels.set(
      "fused",
      recipe.joins === "frames" ? parts[0].channels + parts[1].channels : fused.cols,
    );
    return { ...result, channels, fused };
  }

  #raw(
    name: string,
    train: Int32Array,
    label: string,
  ): FrameMatrix {
    const job = this.#job;
    if (Object.hasOwn(job.features, name)) {
      const { width, channels, times, data } = job.features[name];
      return { matrix: new Matrix(job.labels.length, width, data), channels, times };
    }
    const set = featureSet(name);
    if (set.needs !== "head") throw new RangeError(`the job of ${job.name} lacks "${name}"`);
    return this.#ofHead(set, job.headOnAllClips ? allOf(job) : train, label);
  }

  /** The features of a set that needs the face head, fitted once for each training set. */
  #ofHead(set: FeatureSetOf<"head">, train: Int32Array, label: string): FrameMatrix {
    const job = this.#job;
    // A head that saw every clip stays as it is in the inner folds: nothing is left to protect.
    const name = job.headOnAllClips ? "outer" : label;
    const key = `${set.name} ${name}`;
    const known = this.#ofHeads.get(key);
    if (known) return known;
    this.#announce(`face head (${name})`);
    const seed = foldSeed(job, `${name}/head`);
    const { matrix, channels, state } = faceFeatures(
      job.video!,
      job.labels,
      train,
      job.nClasses,
      seed,
      undefined,
      set,
    );
    this.#log.fitted("face head", "head", train, true);
    // The heads of inner folds only make probabilities for decision rules to learn from.
    if (name === "outer") this.#save("face-head", state);
    this.#ofHeads.set(key, { matrix, channels });
    return { matrix, channels };
  }
}

function allOf({ labels }: FoldJob): Int32Array {
  return Int32Array.from(labels, (_, sample) => sample);
}
