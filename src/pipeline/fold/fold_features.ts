import { SampleTable } from "../../evaluate/sample_table.ts";
import type { FeatureSetOf } from "../../features/feature_set.ts";
import { featureSet } from "../../features/registry.ts";
import type { Modality, Seen } from "../../modality.ts";
import type { Fitters } from "./fits/fitters.ts";
import type { FoldTask } from "./fold.ts";
import type { FeatureTable } from "./feature_table.ts";
import type { FoldData } from "./fold_data.ts";
import { foldSeed } from "./fold_tools.ts";
import { FrameJoiner } from "./join_frames.ts";
import type { SavedModel } from "./model_file.ts";
import { normalise } from "./normalise.ts";
import type { Recipe, RecipePlan } from "../recipes/recipe.ts";

/** What the features of one recipe are made for. */
export interface FeatureRequest {
  /** How modalities are joined. */
  readonly recipe: Recipe;
  /** How features are normalised. */
  readonly plan: RecipePlan;
  /** Name of each modality's features. */
  readonly sets: ReadonlyMap<Modality, string>;
  /** Samples that may be learned from. */
  readonly train: Int32Array;
  /** Name of this training set within the fold: `outer`, `inner-1` ... */
  readonly label: string;
}

/** Features of every sample as a recipe wants them. */
export interface RecipeFeatures {
  /** One table [samples, features] a modality. */
  readonly features: ReadonlyMap<Modality, SampleTable>;
  /** Both together, where there are two. */
  readonly fused: SampleTable | undefined;
  /** Numbers a frame of each of them; of features that are no sequence, all their numbers. */
  readonly channels: ReadonlyMap<Seen, number>;
  /** Widths of the blocks of columns from which classifiers learn apart, where there are several. */
  readonly blocks: ReadonlyMap<Modality, readonly number[]>;
  /** Which numbers of a frame change their sign where the picture is mirrored, of modalities of which it is known. */
  readonly mirrored: ReadonlyMap<Modality, readonly number[]>;
  /** What was fitted to normalise them. */
  readonly scalers: ReadonlyMap<Modality, SavedModel>;
  /** What the reader of the results should know of a modality's features, if anything. */
  readonly warnings: ReadonlyMap<Modality, string>;
}

/** What {@linkcode FoldFeatures} works with. */
export interface FeatureMakerParts {
  /** What the features are made of. */
  readonly data: FoldData;
  /** How heads and scalers are fitted. */
  readonly fitters: Fitters;
  /** Reports that something is about to be fitted. */
  readonly announce: (what: string) => void;
  /** Saves a fitted model under a name. */
  readonly save: (name: string, model: SavedModel) => void;
}

/**
 * Makes the features of one fold. What has to be learned for them (the face head, the scalers) is
 * learned from the samples of the request alone; the head is kept for the next recipe.
 */
export class FoldFeatures {
  readonly #job: FoldTask;
  readonly #parts: FeatureMakerParts;
  readonly #ofHeads = new Map<string, FeatureTable>();

  /** Makes features of the job's samples. */
  constructor(job: FoldTask, parts: FeatureMakerParts) {
    this.#job = job;
    this.#parts = parts;
  }

  /** The features that a recipe works on. */
  make({ recipe, plan, sets, train, label }: FeatureRequest): RecipeFeatures {
    const { fitters } = this.#parts;
    const parts = [...sets].map(([modality, name]) => {
      const { table, ...layout } = this.#raw(name, train, label);
      const how = plan.normalisation;
      const made = normalise(table, { name, how, channels: layout.channels, train, fitters });
      return { modality, ...layout, ...made };
    });
    const entries = <T>(pick: (part: typeof parts[number]) => T | undefined) =>
      new Map(parts.flatMap((part) => {
        const value = pick(part);
        return value === undefined ? [] : [[part.modality, value] as const];
      }));
    const result = {
      features: entries(({ table }) => table),
      scalers: entries(({ state }) => state),
      warnings: entries(({ warning }) => warning),
      blocks: entries(({ blocks }) => blocks),
      mirrored: entries(({ mirrored }) => mirrored),
    };
    const channels = new Map<Seen, number>(entries((part) => part.channels));
    if (parts.length < 2) return { ...result, channels, fused: undefined };
    const tables = parts.map(({ table }) => table);
    const fused = recipe.joins === "frames"
      ? SampleTable.combine(new FrameJoiner(parts[0], parts[1]), tables)
      : SampleTable.concat(tables);
    channels.set(
      "fused",
      recipe.joins === "frames" ? parts[0].channels + parts[1].channels : fused.cols,
    );
    return { ...result, channels, fused };
  }

  #raw(name: string, train: Int32Array, label: string): FeatureTable {
    const { samples, given } = this.#parts.data;
    const known = given(name);
    if (known) return known;
    const set = featureSet(name);
    if (set.needs !== "head") throw new RangeError(`the job of ${this.#job.name} lacks "${name}"`);
    return this.#ofHead(set, this.#job.headOnAllClips ? samples.all : train, label);
  }

  /** The features of a set that needs the face head, fitted once for each training set. */
  #ofHead(set: FeatureSetOf<"head">, train: Int32Array, label: string): FeatureTable {
    const job = this.#job;
    const { data, fitters, announce, save } = this.#parts;
    // A head that saw every clip stays as it is in the inner folds: nothing is left to protect.
    const name = job.headOnAllClips ? "outer" : label;
    const key = `${set.name} ${name}`;
    const known = this.#ofHeads.get(key);
    if (known) return known;
    announce(`face head (${name})`);
    const seed = foldSeed(job, `${name}/head`);
    const frames = data.frames!;
    const head = frames.learn(
      { name: "face head", kind: "head" },
      train,
      (samples) => fitters.faceHead(samples, seed),
    );
    try {
      const made = frames.compute(set, head.network);
      // The heads of inner folds only make probabilities for decision rules to learn from.
      if (name === "outer") save("face-head", head.state);
      this.#ofHeads.set(key, made);
      return made;
    } finally {
      head.network.dispose();
    }
  }
}
