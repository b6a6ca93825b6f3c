import type { Matrix } from "../numeric/matrix.ts";

/** Thrown when a model is asked for predictions or its state before it has been fitted. */
export class NotFittedError extends Error {
  /** The error's class name. */
  override readonly name = "NotFittedError";

  /** Says which `model` has not been fitted. */
  constructor(model: string) {
    super(`${model} has not been fitted: call fit() first`);
  }
}

/** The classes that have samples, and their samples. */
export interface ClassGroups {
  /** Indices of the classes that have samples, ascending. */
  readonly classes: Int32Array;
  /** For each of those classes the rows of its samples, ascending. */
  readonly members: readonly Int32Array[];
}

/**
 * Checks what a classifier is fitted with and groups the samples by class.
 *
 * @param x Features [n, features].
 * @param y Class index of each row [n].
 * @param nClasses Number of classes, with or without samples.
 * @param groups Group of each row [n], where inner splits are made.
 *
 * @throws {RangeError} If the sizes disagree, a class index is out of range, a feature is not a
 * finite number, or fewer than two classes have samples.
 *
 * @example
 * ```ts
 * import { checkFitInput } from "./fit_input.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const { classes, members } = checkFitInput(Matrix.fromRows([[1], [2], [3]]), Int32Array.of(2, 0, 2), 3);
 * assert.deepEqual(classes, Int32Array.of(0, 2));
 * assert.deepEqual(members, [Int32Array.of(1), Int32Array.of(0, 2)]);
 * ```
 */
export function checkFitInput(
  x: Matrix,
  y: Int32Array,
  nClasses: number,
  groups?: readonly string[],
): ClassGroups {
  if (x.rows !== y.length) {
    throw new RangeError(`there are ${x.rows} rows of features but ${y.length} labels`);
  }
  if (groups !== undefined && groups.length !== x.rows) {
    throw new RangeError(`there are ${x.rows} rows of features but ${groups.length} groups`);
  }
  if (x.cols === 0) throw new RangeError("the samples have no features");
  const members: number[][] = Array.from({ length: nClasses }, () => []);
  for (let i = 0; i < y.length; i++) {
    const group = members[y[i]];
    if (group === undefined) {
      throw new RangeError(
        `sample ${i} is labelled ${y[i]}; with ${nClasses} classes a label is 0 to ${nClasses - 1}`,
      );
    }
    group.push(i);
  }
  checkFinite(x);
  const classes = Int32Array.from(members.keys()).filter((c) => members[c].length > 0);
  if (classes.length < 2) {
    throw new RangeError(
      `a classifier needs samples of at least two classes, ` +
        (classes.length === 0 ? "there are none" : `all ${y.length} are of class ${classes[0]}`),
    );
  }
  return { classes, members: Array.from(classes, (c) => Int32Array.from(members[c])) };
}

/** A NaN would not fail by itself: it would spread silently, turn a label, or keep a solver from ending. */
function checkFinite(x: Matrix): void {
  const bad = x.data.findIndex((value) => !Number.isFinite(value));
  if (bad === -1) return;
  throw new RangeError(
    `feature ${bad % x.cols} of sample ${Math.floor(bad / x.cols)} is ${x.data[bad]}, ` +
      "not a finite number",
  );
}

/**
 * Checks that rows to predict have as many features as the model was fitted with, all of them finite numbers.
 *
 * @throws {RangeError} If they do not.
 */
export function checkFeatures(x: Matrix, nFeatures: number, model: string): void {
  if (x.cols !== nFeatures) {
    throw new RangeError(
      `${model} was fitted with ${nFeatures} features a sample, these samples have ${x.cols}`,
    );
  }
  checkFinite(x);
}
