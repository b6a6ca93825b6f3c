import type { Classifier, ModelName, ModelState } from "./classifier.ts";
import { Cnn1d } from "./cnn1d.ts";
import { Cnn2d } from "./cnn2d.ts";
import { Ensemble } from "./ensemble.ts";
import { GaussianNb } from "./gaussian_nb.ts";
import { GridSearch } from "./grid_search.ts";
import { Lda } from "./lda.ts";
import { LogisticRegression } from "./logistic_regression.ts";
import { LdaShrinkage } from "./lda_shrinkage.ts";
import { Mlp } from "./mlp.ts";
import { ModelStateError } from "./model_state.ts";
import { ScaledClassifier } from "./scaled_classifier.ts";
import { SequenceCnn } from "./sequence_cnn.ts";
import { Svm } from "./svm.ts";

/** Options of {@linkcode createClassifier}. */
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
}

/** How one classifier is made anew and rebuilt from its state. */
interface Entry {
  readonly create: (options: CreateClassifierOptions) => Classifier;
  readonly fromState: (state: ModelState) => Classifier;
}

const CLASSIFIERS: Readonly<Record<ModelName, Entry>> = {
  "gaussian-nb": { create: () => new GaussianNb(), fromState: GaussianNb.fromState },
  "lda": { create: () => new Lda(), fromState: Lda.fromState },
  "logistic-regression": {
    create: ({ c }) => new LogisticRegression({ c }),
    fromState: LogisticRegression.fromState,
  },
  "lda-shrinkage": { create: () => new LdaShrinkage(), fromState: LdaShrinkage.fromState },
  "svm-linear": {
    create: ({ seed, c }) => new Svm({ kernel: "linear", seed, c }),
    fromState: Svm.fromState,
  },
  "svm-rbf": {
    create: ({ seed, c }) => new Svm({ kernel: "rbf", seed, c }),
    fromState: Svm.fromState,
  },
  "svm-rbf-grid": {
    create: ({ seed }) => new GridSearch({ seed }),
    fromState: GridSearch.fromState,
  },
  "ensemble": {
    create: ({ seed, c }) => new Ensemble({ seed, c }),
    fromState: Ensemble.fromState,
  },
  "cnn1d": { create: ({ seed }) => new Cnn1d({ seed }), fromState: Cnn1d.fromState },
  "cnn2d": {
    create: ({ seed, channels }) => new Cnn2d({ seed, channels }),
    fromState: Cnn2d.fromState,
  },
  "cnn-sequence": {
    create: ({ seed, channels }) => new SequenceCnn({ seed, channels }),
    fromState: SequenceCnn.fromState,
  },
  "mlp": { create: ({ seed }) => new Mlp({ seed }), fromState: Mlp.fromState },
};

const NAMES = Object.keys(CLASSIFIERS).join(", ");

/**
 * A new, unfitted classifier by its name. The networks, cnn1d, cnn2d, cnn-sequence and mlp, need
 * `initBackend()` before they are fitted.
 *
 * @throws {RangeError} If there is no such classifier; the message lists those that there are.
 *
 * @example
 * ```ts
 * import { createClassifier } from "./registry.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(createClassifier("svm-rbf", { seed: 1 }).name, "svm-rbf");
 * ```
 */
export function createClassifier(name: ModelName, options: CreateClassifierOptions): Classifier {
  if (!Object.hasOwn(CLASSIFIERS, name)) {
    throw new RangeError(`there is no classifier "${name}": the classifiers are ${NAMES}`);
  }
  const classifier = CLASSIFIERS[name].create(options);
  return options.scaled ? new ScaledClassifier(classifier) : classifier;
}

/**
 * Rebuilds a fitted classifier from what its `state()` gave.
 *
 * @throws {ModelStateError} If the state is of an unknown model, incomplete or damaged.
 *
 * @example
 * ```ts
 * import { classifierFromState, createClassifier } from "./registry.ts";
 * import { Matrix } from "../nn/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [8], [9]]);
 * const model = createClassifier("lda", { seed: 1 });
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(classifierFromState(model.state()).predict(x), model.predict(x));
 * ```
 */
export function classifierFromState(state: ModelState): Classifier {
  if (!Object.hasOwn(CLASSIFIERS, state.model)) {
    throw new ModelStateError(
      `the saved model "${state.model}" is unknown: the classifiers are ${NAMES}`,
    );
  }
  const { fromState } = CLASSIFIERS[state.model];
  return ScaledClassifier.wrote(state)
    ? ScaledClassifier.fromState(state, fromState)
    : fromState(state);
}
