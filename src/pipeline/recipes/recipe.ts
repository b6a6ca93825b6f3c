import type { ModelName } from "../../classify/registry.ts";
import type { Modality, Seen } from "../../modality.ts";
import type { Normalisation } from "../fold/normalisation.ts";

/**
 * Which features of each modality a recipe works on, and which models it fits to them. It is plain data,
 * which the threads of folds are given.
 */
export interface Recipe<F extends string = string> {
  /** The recipe's name. */
  readonly name: string;
  /** One sentence for help and reports. */
  readonly description: string;
  /**
   * Whether it is fitted only where it is asked for by name: it takes long.
   *
   * @default {false}
   */
  readonly onRequest?: boolean;
  /**
   * Names of the feature sets of each modality, best first: the first that a run can compute is used. A
   * modality without any is left out.
   */
  readonly features: Readonly<Partial<Record<Modality, readonly F[]>>>;
  /** How features are normalised unless a run says otherwise; each way gives rows of its own. */
  readonly normalisations: readonly Normalisation[];
  /**
   * Whether a run cannot say otherwise.
   *
   * @default {false}
   */
  readonly keepsNormalisation?: boolean;
  /**
   * What the names of its files and seeds begin with.
   *
   * @default {the recipe and its normalisation, with a - between them}
   */
  readonly prefix?: string;
  /** Models fitted to each modality and to all by early fusion. */
  readonly classifiers: readonly ModelName[];
  /**
   * How freely regularised models fit: C of logistic regression and SVMs, where it is not their default.
   *
   * @default {undefined}
   */
  readonly c?: Readonly<Partial<Record<ModelName, number>>>;
  /** The model of each modality whose probabilities decision fusion combines, and the early one. */
  readonly deciders: Readonly<Record<Seen, ModelName>>;
  /** Whether the deciders are networks that learn features, which late and hybrid fusion combine. */
  readonly late: boolean;
  /**
   * Whether one model, the `fused` decider, is fitted to all modalities and does without any of them: its rows on
   * one modality are those of the same model. There are no others.
   *
   * @default {false}
   */
  readonly joint?: boolean;
  /** Whether early fusion joins the modalities frame by frame, or all numbers of one to the other's. */
  readonly joins: "frames" | "columns";
}

/** One recipe with one normalisation: what a run's list of recipes comes down to. */
export interface RecipePlan {
  /** Name of the recipe. */
  readonly recipe: string;
  /** How its features are normalised. */
  readonly normalisation: Normalisation;
  /**
   * The one model that is fitted to each modality and to both, in the place of the recipe's own; late
   * fusion is then left out.
   *
   * @default {undefined}
   */
  readonly model?: ModelName;
  /**
   * Tables whose features stand in the place of the recipe's own, by modality.
   *
   * @default {the recipe's own sets}
   */
  readonly features?: Readonly<Partial<Record<Modality, string>>>;
}
