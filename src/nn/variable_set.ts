import * as tf from "@tensorflow/tfjs";
import { SafetensorsError, type TensorMap } from "../numeric/safetensors.ts";
import type { Variable } from "./tensor.ts";

/**
 * The weights of one network by name: those that training changes by gradient and the moving statistics
 * that it does not. The names are local to the set, so that any number of networks can exist at once.
 *
 * @example
 * ```ts
 * import { initBackend } from "./backend.ts";
 * import { VariableSet } from "./variable_set.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const variables = new VariableSet();
 * const bias = variables.add("dense/bias", [2]);
 * variables.assign({ "dense/bias": { shape: [2], data: Float32Array.of(1, 2) } });
 * assert.deepEqual(bias.dataSync(), Float32Array.of(1, 2));
 * variables.dispose();
 * ```
 */
export class VariableSet {
  readonly #byName = new Map<string, Variable>();

  /**
   * Adds a variable.
   *
   * @param name Its name in files, such as `dense/kernel`.
   * @param shape Its sizes.
   * @param values Its values, row-major; one number stands for all. Default: zeros.
   * @param trainable Whether training changes it by gradient. Default: true.
   *
   * @throws {RangeError} If the name is taken.
   */
  add(
    name: string,
    shape: readonly number[],
    values: Float32Array | number = 0,
    trainable = true,
  ): Variable {
    if (this.#byName.has(name)) throw new RangeError(`there already is a variable "${name}"`);
    const sizes = [...shape];
    const initial = typeof values === "number"
      ? tf.fill(sizes, values, "float32")
      : tf.tensor(values, sizes, "float32");
    const variable = tf.variable(initial, trainable);
    initial.dispose();
    this.#byName.set(name, variable);
    return variable;
  }

  /** The variables that training changes by gradient, in the order in which they were added. */
  get trainable(): Variable[] {
    return [...this.#byName.values()].filter((variable) => variable.trainable);
  }

  /** Copies of all values, by name. */
  tensors(): TensorMap {
    return Object.fromEntries(
      Array.from(this.#byName, ([name, variable]) => {
        return [name, { shape: [...variable.shape], data: variable.dataSync<"float32">() }];
      }),
    );
  }

  /**
   * Gives every variable the value that `tensors` holds under its name. Nothing changes if one does
   * not fit.
   *
   * @throws {SafetensorsError} If a tensor is missing, unknown, or of another shape or type.
   */
  assign(tensors: TensorMap): void {
    for (const name of Object.keys(tensors)) {
      if (!this.#byName.has(name)) {
        throw new SafetensorsError(`the network has no variable "${name}"`);
      }
    }
    for (const [name, { shape }] of this.#byName) {
      const tensor = tensors[name];
      if (tensor === undefined) throw new SafetensorsError(`the tensor "${name}" is missing`);
      if (!(tensor.data instanceof Float32Array)) {
        throw new SafetensorsError(`the tensor "${name}" must hold single-precision numbers`);
      }
      if (!tf.util.arraysEqual(shape, [...tensor.shape])) {
        throw new SafetensorsError(
          `the tensor "${name}" is [${tensor.shape}], the network needs [${shape}]`,
        );
      }
    }
    for (const [name, variable] of this.#byName) {
      const value = tf.tensor(tensors[name].data as Float32Array, variable.shape, "float32");
      variable.assign(value);
      value.dispose();
    }
  }

  /** Frees all variables. */
  dispose(): void {
    for (const variable of this.#byName.values()) variable.dispose();
    this.#byName.clear();
  }
}
