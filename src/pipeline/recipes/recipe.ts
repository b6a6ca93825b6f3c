import type { ModelName } from "../../classify/classifier.ts";
import type { FeatureName, FoldJob, Modality } from "../fold.ts";
import type { Normalisation } from "../results.ts";

/** Names of the recipes, as `--recipes` takes them. */
export type RecipeName = "tutorial" | "statistics" | "spectrogram";

/** Which features of each modality a recipe works on, and which models it fits to them. */
export interface Recipe {
  /** The recipe's name. */
  readonly name: RecipeName;
  /** One sentence for help and reports. */
  readonly description: string;
  /**
   * Whether it is fitted only where it is asked for by name: it takes long.
   *
   * @default {false}
   */
  readonly onRequest?: boolean;
  /** How its features are normalised unless a run says otherwise; each way gives rows of its own. */
  readonly normalisations: readonly Normalisation[];
  /** Models fitted to each modality and to both by early fusion. */
  readonly classifiers: readonly ModelName[];
  /**
   * How freely regularised models fit: C of logistic regression and SVMs, where it is not their default.
   *
   * @default {undefined}
   */
  readonly c?: Readonly<Partial<Record<ModelName, number>>>;
  /** The model of each modality whose probabilities decision fusion combines, and the early one. */
  readonly deciders: Readonly<Record<Modality | "fused", ModelName>>;
  /** Whether the deciders are networks that learn features, which late and hybrid fusion combine. */
  readonly late: boolean;
  /** Whether early fusion joins the modalities frame by frame, or all numbers of one to the other's. */
  readonly joins: "frames" | "columns";

  /** The feature set of each modality that the job has data for, in the order audio, video. */
  features(job: FoldJob): ReadonlyMap<Modality, FeatureName>;
}

/** One recipe with one normalisation: what a run's list of recipes comes down to. */
export interface RecipePlan {
  /** Name of the recipe. */
  readonly recipe: RecipeName;
  /** How its features are normalised. */
  readonly normalisation: Normalisation;
  /**
   * The one model that is fitted to each modality and to both, in the place of the recipe's own; late
   * fusion is then left out.
   *
   * @default {undefined}
   */
  readonly model?: ModelName;
}

/** The first of `names` that the job has, for each modality. */
export function availableFeatures(
  job: FoldJob,
  names: Readonly<Record<Modality, readonly FeatureName[]>>,
): ReadonlyMap<Modality, FeatureName> {
  const has = (name: FeatureName) =>
    job.features[name] !== undefined || (name === "face" && job.video !== undefined);
  return new Map((["audio", "video"] as const).flatMap((modality) => {
    const name = names[modality].find(has);
    return name === undefined ? [] : [[modality, name] as const];
  }));
}
