import type { Matrix } from "../numeric/matrix.ts";
import type { Classifier, ModelState } from "./classifier.ts";
import { NotFittedError } from "./fit_input.ts";
import { logPool } from "./log_pool.ts";
import { ModelStateError } from "./model_state.ts";
import { splitColumns } from "./split_columns.ts";

/**
 * One classifier a block of columns, asked together: each learns from its own columns, and their class probabilities
 * are pooled with equal weights ({@linkcode logPool}). For features that describe one thing in several ways, of which
 * the widest would drown the others in one matrix. It has the classifiers' name; its state holds theirs, numbered.
 *
 * @example
 * ```ts
 * import { BlockClassifier } from "./block_classifier.ts";
 * import { LdaShrinkage } from "./linear/lda_shrinkage.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[0, 1, 1], [1, 0, 1], [1, 2, 0], [8, 9, 7], [9, 8, 9], [9, 10, 8]]);
 * const model = new BlockClassifier([1, 2], () => new LdaShrinkage());
 * model.fit(x, Int32Array.of(0, 0, 0, 1, 1, 1), 2);
 * assert.deepEqual(model.predict(x), Int32Array.of(0, 0, 0, 1, 1, 1));
 * ```
 */
export class BlockClassifier implements Classifier {
  /** The classifiers' name in tables and files. */
  readonly name: string;
  readonly #widths: readonly number[];
  readonly #parts: readonly Classifier[];
  #nClasses: number | undefined;

  /** One classifier of `make` for each of the blocks, which are `widths` columns wide. */
  constructor(widths: readonly number[], make: () => Classifier) {
    this.#widths = [...widths];
    this.#parts = widths.map(make);
    this.name = this.#parts[0].name;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`.
   *
   * @throws {RangeError} If the blocks are not the columns of `x`, or a classifier cannot be fitted to it.
   * @throws {FitError} If a classifier cannot be fitted to samples like these.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number, groups?: readonly string[]): void {
    splitColumns(x, this.#widths).forEach((part, i) =>
      this.#parts[i].fit(part, y, nClasses, groups)
    );
    this.#nClasses = nClasses;
  }

  /**
   * The most probable class of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    return this.predictProba(x).argMax();
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    if (this.#nClasses === undefined) throw new NotFittedError(this.name);
    const parts = splitColumns(x, this.#widths);
    return logPool(this.#parts.map((classifier, i) => classifier.predictProba(parts[i])));
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const states = this.#parts.map((part) => part.state());
    return {
      model: this.name,
      settings: {
        nClasses: this.#nClasses,
        nFeatures: this.#widths.reduce((sum, width) => sum + width, 0),
        blocks: states.map(({ settings }, i) => ({ width: this.#widths[i], settings })),
      },
      tensors: Object.fromEntries(
        states.flatMap(({ tensors }, i) =>
          Object.entries(tensors).map(([name, tensor]) => [`block-${i}/${name}`, tensor] as const)
        ),
      ),
    };
  }

  /** What the classifiers have to say of their fits, if anything. */
  get warning(): string | undefined {
    const warnings = new Set(this.#parts.flatMap(({ warning }) => warning ?? []));
    return warnings.size === 0 ? undefined : [...warnings].join("; ");
  }

  /** Frees what the classifiers hold outside the JavaScript heap. */
  dispose(): void {
    for (const part of this.#parts) part.dispose();
  }

  /** Whether a classifier of blocks gave `state`. */
  static wrote({ settings }: ModelState): boolean {
    return settings.blocks !== undefined;
  }

  /**
   * Rebuilds a model from its `state`; `rebuild` does so for the classifier of a block.
   *
   * @throws {ModelStateError} If the state is incomplete.
   */
  static fromState(
    { model, settings, tensors }: ModelState,
    rebuild: (state: ModelState) => Classifier,
  ): BlockClassifier {
    const { blocks, nClasses } = settings as {
      blocks?: { width: number; settings: Record<string, unknown> }[];
      nClasses?: number;
    };
    const isBlock = (block: unknown) => {
      const { width, settings } = (block ?? {}) as { width?: unknown; settings?: unknown };
      return Number.isSafeInteger(width) && typeof settings === "object" && settings !== null;
    };
    if (!Array.isArray(blocks) || blocks.length === 0 || !blocks.every(isBlock)) {
      throw new ModelStateError(`the saved ${model} model does not tell its blocks`);
    }
    const parts = blocks.map(({ settings }, i) => {
      const prefix = `block-${i}/`;
      const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
      return rebuild({
        model,
        settings,
        tensors: Object.fromEntries(
          own.map(([name, tensor]) => [name.slice(prefix.length), tensor]),
        ),
      });
    });
    let next = 0;
    const rebuilt = new BlockClassifier(blocks.map(({ width }) => width), () => parts[next++]);
    rebuilt.#nClasses = nClasses;
    return rebuilt;
  }
}
