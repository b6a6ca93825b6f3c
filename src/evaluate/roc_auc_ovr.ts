import { checkProbabilities } from "./check_probabilities.ts";

/** Areas under the ROC curves of every class against the others. */
export interface RocAuc {
  /** Mean of the areas that exist; null if none does. */
  readonly macro: number | null;
  /** Area of each class [nClasses]; null for a class that has no sample, or has all of them. */
  readonly perClass: readonly (number | null)[];
  /** The classes without an area, which `macro` leaves out. */
  readonly leftOut: readonly number[];
}

/**
 * Area under the ROC curve, one class against the rest: how often a sample of the class is given a higher
 * probability of it than a sample of another class, ties counting one half. 0.5 is chance, 1 a perfect
 * order. Where every class occurs, `macro` is scikit-learn's
 * `roc_auc_score(multi_class="ovr", average="macro")`.
 *
 * @param truth True class indices [n].
 * @param probabilities Class probabilities [n, nClasses], row by row.
 * @param nClasses Number of classes.
 *
 * @throws {RangeError} If lengths or class indices do not fit, there are no samples, or a row is not a
 * distribution.
 *
 * @example
 * ```ts
 * import { rocAucOvr } from "./roc_auc_ovr.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = Int32Array.of(0, 0, 1);
 * const probabilities = Float32Array.of(0.75, 0.25, 0, 0.5, 0.5, 0, 0.5, 0.5, 0);
 * assert.deepEqual(rocAucOvr(truth, probabilities, 3), {
 *   macro: 0.75,
 *   perClass: [0.75, 0.75, null],
 *   leftOut: [2],
 * });
 * ```
 */
export function rocAucOvr(
  truth: Int32Array,
  probabilities: Float32Array | Float64Array,
  nClasses: number,
): RocAuc {
  checkProbabilities(truth, probabilities, nClasses);
  const perClass = Array.from({ length: nClasses }, (_, c) => {
    const own: number[] = [], others: number[] = [];
    truth.forEach((t, k) => (t === c ? own : others).push(probabilities[k * nClasses + c]));
    return area(Float64Array.from(own).sort(), Float64Array.from(others).sort());
  });
  const areas = perClass.filter((value) => value !== null);
  return {
    macro: areas.length === 0 ? null : areas.reduce((sum, value) => sum + value) / areas.length,
    perClass,
    leftOut: Array.from(perClass.keys()).filter((c) => perClass[c] === null),
  };
}

/** The Mann-Whitney statistic as a share of all pairs; both arrays ascend. */
function area(own: Float64Array, others: Float64Array): number | null {
  if (own.length === 0 || others.length === 0) return null;
  let below = 0, notAbove = 0, halves = 0;
  for (const score of own) {
    while (below < others.length && others[below] < score) below++;
    while (notAbove < others.length && others[notAbove] <= score) notAbove++;
    halves += below + notAbove;
  }
  return halves / (2 * own.length * others.length);
}
