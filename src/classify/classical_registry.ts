import type { Classifier, ModelState } from "./classifier.ts";
import { BlockClassifier } from "./block_classifier.ts";
import { Ensemble } from "./ensemble.ts";
import { GaussianNb } from "./gaussian_nb.ts";
import { GridSearch } from "./grid_search.ts";
import { Lda } from "./linear/lda.ts";
import { LdaShrinkage } from "./linear/lda_shrinkage.ts";
import { LogisticRegression } from "./linear/logistic_regression.ts";
import { ModelStateError } from "./model_state.ts";
import type { SequencePart } from "./networks/sequence_part.ts";
import { ScaledClassifier } from "./scaled_classifier.ts";
import { Svm } from "./svm/svm.ts";

/** Options of `createClassifier`. */
export interface CreateClassifierOptions {
  /** Seed of every random choice of the classifier. */
  seed: number;
  /**
   * C of logistic-regression (the ensemble's, too), svm-linear and svm-rbf: the smaller, the stronger the regularisation.
   *
   * @default {1}
   */
  c?: number;
  /**
   * Whether features are brought to mean 0 and deviation 1 over the training rows first.
   *
   * @default {false}
   */
  scaled?: boolean;
  /**
   * Numbers a frame, for the networks that take sequences of frames.
   *
   * @default {64 for cnn2d, 21 for cnn-sequence}
   */
  channels?: number;
  /**
   * Widths of the blocks of columns of which each has a classifier of its own; the networks take no notice.
   *
   * @default {all columns are one}
   */
  blocks?: readonly number[];
  /**
   * What a frame holds of each modality, for the network that tells them apart.
   *
   * @default {one part, of `channels` numbers or else the 21 descriptors of a face}
   */
  parts?: readonly SequencePart[];
}

/** How one classifier is made anew and rebuilt from its state. */
export interface ClassifierEntry {
  /** A new, unfitted one. */
  readonly create: (options: CreateClassifierOptions) => Classifier;
  /** The one that gave `state`. */
  readonly fromState: (state: ModelState) => Classifier;
}

/** The classifiers that are no networks, which run without tfjs. */
export const CLASSICAL_CLASSIFIERS = {
  "gaussian-nb": { create: (): Classifier => new GaussianNb(), fromState: GaussianNb.fromState },
  "lda": { create: (): Classifier => new Lda(), fromState: Lda.fromState },
  "logistic-regression": {
    create: ({ c }: CreateClassifierOptions): Classifier => new LogisticRegression({ c }),
    fromState: LogisticRegression.fromState,
  },
  "lda-shrinkage": {
    create: (): Classifier => new LdaShrinkage(),
    fromState: LdaShrinkage.fromState,
  },
  "svm-linear": {
    create: ({ seed, c }: CreateClassifierOptions): Classifier =>
      new Svm({ kernel: "linear", seed, c }),
    fromState: Svm.fromState,
  },
  "svm-rbf": {
    create: ({ seed, c }: CreateClassifierOptions): Classifier =>
      new Svm({ kernel: "rbf", seed, c }),
    fromState: Svm.fromState,
  },
  "svm-rbf-grid": {
    create: ({ seed }: CreateClassifierOptions): Classifier => new GridSearch({ seed }),
    fromState: GridSearch.fromState,
  },
  "ensemble": {
    create: ({ seed, c, blocks }: CreateClassifierOptions): Classifier =>
      new Ensemble({ seed, c, blocks }),
    fromState: Ensemble.fromState,
  },
} as const satisfies Readonly<Record<string, ClassifierEntry>>;

/** Names of the classifiers that are no networks. */
export type ClassicalName = keyof typeof CLASSICAL_CLASSIFIERS;

/** Whether `name` is that of a classifier that runs without tfjs. */
export function isClassical(name: string): name is ClassicalName {
  return Object.hasOwn(CLASSICAL_CLASSIFIERS, name);
}

/**
 * Rebuilds a fitted classifier that is no network from what its `state()` gave.
 *
 * @throws {ModelStateError} If the state is of another model, incomplete or damaged.
 *
 * @example
 * ```ts
 * import { classicalFromState } from "./classical_registry.ts";
 * import { Lda } from "./linear/lda.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [8], [9]]);
 * const model = new Lda();
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(classicalFromState(model.state()).predict(x), model.predict(x));
 * ```
 */
export function classicalFromState(state: ModelState): Classifier {
  return restoreClassifier(state, CLASSICAL_CLASSIFIERS);
}

/**
 * Rebuilds a fitted classifier by the entry of its name among `entries`.
 *
 * @throws {ModelStateError} If the state is of an unknown model, incomplete or damaged.
 */
export function restoreClassifier(
  state: ModelState,
  entries: Readonly<Record<string, ClassifierEntry>>,
): Classifier {
  if (!Object.hasOwn(entries, state.model)) {
    throw new ModelStateError(
      `the saved model "${state.model}" is unknown: the classifiers are ${
        Object.keys(entries).join(", ")
      }`,
    );
  }
  const { fromState: whole } = entries[state.model];
  const fromState = BlockClassifier.wrote(state)
    ? (blocks: ModelState) => BlockClassifier.fromState(blocks, whole)
    : whole;
  return ScaledClassifier.wrote(state)
    ? ScaledClassifier.fromState(state, fromState)
    : fromState(state);
}
