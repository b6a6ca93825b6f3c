import type { TensorMap } from "../numeric/safetensors.ts";

/** Thrown when a saved model lacks something or holds it in a wrong form. */
export class ModelStateError extends Error {
  /** The error's class name. */
  override readonly name = "ModelStateError";
}

/** The part of a saved model that {@linkcode StateReader} reads. */
export interface SavedModel {
  /** Name of the model that wrote the state. */
  readonly model: string;
  /** Settings and small values. */
  readonly settings: Record<string, unknown>;
  /** Fitted arrays by name. */
  readonly tensors: TensorMap;
}

/**
 * Reads a saved model with a check of every value, so that a damaged or foreign file is refused with
 * its reason rather than giving wrong predictions.
 *
 * @example
 * ```ts
 * import { StateReader } from "./model_state.ts";
 * import assert from "node:assert/strict";
 *
 * const state = {
 *   model: "lda",
 *   settings: { nClasses: 2 },
 *   tensors: { intercept: { shape: [2], data: Float64Array.of(1, 2) } },
 * };
 * const reader = new StateReader(state, "lda");
 * assert.equal(reader.count("nClasses"), 2);
 * assert.deepEqual(reader.doubles("intercept", [2]), Float64Array.of(1, 2));
 * assert.throws(() => reader.doubles("coef", [2, 5]), /lacks the tensor "coef"/);
 * ```
 */
export class StateReader {
  readonly #state: SavedModel;

  /**
   * Starts reading `state`.
   *
   * @throws {ModelStateError} If another model than `model` wrote it.
   */
  constructor(state: SavedModel, model: string) {
    if (state.model !== model) {
      throw new ModelStateError(`this is the state of a ${state.model} model, not of ${model}`);
    }
    this.#state = state;
  }

  /**
   * The setting `name`, a positive integer.
   *
   * @throws {ModelStateError} If it is missing or something else.
   */
  count(name: string): number {
    const value = this.number(name);
    if (!Number.isSafeInteger(value) || value < 1) {
      this.#fail(`has ${value} as its ${name}, which must be a positive integer`);
    }
    return value;
  }

  /**
   * The setting `name`, a finite number.
   *
   * @throws {ModelStateError} If it is missing or something else.
   */
  number(name: string): number {
    const value = this.#state.settings[name];
    if (typeof value !== "number" || !Number.isFinite(value)) {
      this.#fail(`lacks the number "${name}" among its settings`);
    }
    return value as number;
  }

  /**
   * The indices of the classes that had samples, ascending, each below `nClasses`.
   *
   * @throws {ModelStateError} If they are missing or impossible.
   */
  classes(nClasses: number): Int32Array {
    const tensor = this.#state.tensors.classes;
    if (!(tensor?.data instanceof Int32Array)) this.#fail('lacks the integer tensor "classes"');
    const classes = tensor.data as Int32Array;
    const valid = classes.length >= 2 &&
      classes.every((c, k) => c < nClasses && c > (k === 0 ? -1 : classes[k - 1]));
    if (!valid) this.#fail(`has impossible classes [${classes}] for ${nClasses} classes`);
    return classes;
  }

  /**
   * The double-precision tensor `name`. A size of -1 in `shape` allows any.
   *
   * @throws {ModelStateError} If it is missing, of another type or of another shape.
   */
  doubles(name: string, shape: readonly number[]): Float64Array {
    const { data } = this.#tensor(name, shape);
    if (!(data instanceof Float64Array)) this.#fail(`must hold "${name}" in double precision`);
    return data as Float64Array;
  }

  /**
   * The single-precision tensor `name`. A size of -1 in `shape` allows any.
   *
   * @throws {ModelStateError} If it is missing, of another type or of another shape.
   */
  floats(name: string, shape: readonly number[]): Float32Array {
    const { data } = this.#tensor(name, shape);
    if (!(data instanceof Float32Array)) this.#fail(`must hold "${name}" in single precision`);
    return data as Float32Array;
  }

  #tensor(name: string, shape: readonly number[]): TensorMap[string] {
    const tensor = this.#state.tensors[name];
    if (tensor === undefined) this.#fail(`lacks the tensor "${name}"`);
    const fits = tensor.shape.length === shape.length &&
      shape.every((size, k) => size === -1 || size === tensor.shape[k]) &&
      tensor.data.length === tensor.shape.reduce((product, size) => product * size, 1);
    if (!fits) {
      this.#fail(
        `needs "${name}" as [${shape}], it is [${tensor.shape}] with ${tensor.data.length} values`,
      );
    }
    return tensor;
  }

  #fail(reason: string): never {
    throw new ModelStateError(`the saved ${this.#state.model} model ${reason}`);
  }
}
