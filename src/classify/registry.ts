import { BlockClassifier } from "./block_classifier.ts";
import {
  CLASSICAL_CLASSIFIERS,
  type ClassifierEntry,
  type CreateClassifierOptions,
  isClassical,
  restoreClassifier,
} from "./classical_registry.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { Attention } from "./networks/attention.ts";
import { Cnn1d } from "./networks/cnn1d.ts";
import { Cnn2d } from "./networks/cnn2d.ts";
import { Mlp } from "./networks/mlp.ts";
import { ScaledClassifier } from "./scaled_classifier.ts";
import { SequenceCnn } from "./networks/sequence_cnn.ts";

export type { CreateClassifierOptions } from "./classical_registry.ts";

/** How every classifier is made and rebuilt, by its name, in the order of help. */
export const CLASSIFIERS = {
  ...CLASSICAL_CLASSIFIERS,
  "cnn1d": {
    create: ({ seed }: CreateClassifierOptions): Classifier => new Cnn1d({ seed }),
    fromState: Cnn1d.fromState,
  },
  "cnn2d": {
    create: ({ seed, channels }: CreateClassifierOptions): Classifier =>
      new Cnn2d({ seed, channels }),
    fromState: Cnn2d.fromState,
  },
  "cnn-sequence": {
    create: ({ seed, channels }: CreateClassifierOptions): Classifier =>
      new SequenceCnn({ seed, channels }),
    fromState: SequenceCnn.fromState,
  },
  "attention": {
    create: (
      { seed, channels = 21, parts = [{ modality: "video", channels }] }: CreateClassifierOptions,
    ): Classifier => new Attention({ seed, parts }),
    fromState: Attention.fromState,
  },
  "mlp": {
    create: ({ seed }: CreateClassifierOptions): Classifier => new Mlp({ seed }),
    fromState: Mlp.fromState,
  },
} as const satisfies Readonly<Record<string, ClassifierEntry>>;

/** Names of the unimodal and early-fusion models, as they stand in the results. */
export type ModelName = keyof typeof CLASSIFIERS;

/** Names of all classifiers. */
export const MODEL_NAMES: readonly ModelName[] = Object.keys(CLASSIFIERS) as ModelName[];

/**
 * A new, unfitted classifier by its name. The networks, cnn1d, cnn2d, cnn-sequence, attention and mlp, need
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
    throw new RangeError(
      `there is no classifier "${name}": the classifiers are ${MODEL_NAMES.join(", ")}`,
    );
  }
  const { blocks = [] } = options;
  // An ensemble divides its members' columns itself.
  const apart = blocks.length > 1 && isClassical(name) && name !== "ensemble";
  const create = () => CLASSIFIERS[name].create(options);
  const classifier = apart ? new BlockClassifier(blocks, create) : create();
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
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0], [1], [8], [9]]);
 * const model = createClassifier("lda", { seed: 1 });
 * model.fit(x, Int32Array.of(0, 0, 1, 1), 2);
 * assert.deepEqual(classifierFromState(model.state()).predict(x), model.predict(x));
 * ```
 */
export function classifierFromState(state: ModelState): Classifier {
  return restoreClassifier(state, CLASSIFIERS);
}
