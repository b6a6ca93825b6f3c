import { FitError } from "../numeric/fit_error.ts";
import type { ClassGroups } from "./fit_input.ts";

/**
 * Checks that there are more samples than classes, where a model needs a class with two of them: without
 * one no scatter within a class can be estimated, and no inner fold knows the classes that it is tested on.
 *
 * @param model The model's name, for the message.
 *
 * @throws {FitError} If every class has one sample, as scikit-learn's `LinearDiscriminantAnalysis` and
 * `GridSearchCV` throw then.
 *
 * @example
 * ```ts
 * import { checkDivisible } from "./check_divisible.ts";
 * import { FitError } from "../numeric/fit_error.ts";
 * import assert from "node:assert/strict";
 *
 * const members = [Int32Array.of(0), Int32Array.of(1)];
 * assert.throws(() => checkDivisible("lda", { members }), FitError);
 * checkDivisible("lda", { members: [Int32Array.of(0, 2), Int32Array.of(1)] });
 * ```
 */
export function checkDivisible(model: string, { members }: Pick<ClassGroups, "members">): void {
  if (members.some((rows) => rows.length > 1)) return;
  throw new FitError(
    `${model} needs more samples than classes, there is one of each of ${members.length} classes`,
  );
}
