import type { TrainingSet } from "../../../evaluate/training_set.ts";
import type { Random } from "../../../numeric/random.ts";
import { stratifiedGroupKFold } from "../../../split/stratified_group_k_fold.ts";

/** One division of a training set. */
export interface InnerFold {
  /** Numbers of the samples that its models learn from, ascending. */
  readonly train: Int32Array;
  /** Numbers of the samples whose classes they then tell, ascending. */
  readonly held: Int32Array;
  /** Number of classes in `train`. */
  readonly classes: number;
}

/**
 * Divides a training set into inner folds that keep groups together and classes even; no more of them
 * than there are groups.
 *
 * @param atMost Most inner folds.
 * @param random Where the order of groups comes from.
 *
 * @throws {RangeError} If there is no sample.
 */
export function divideInner(
  set: TrainingSet<unknown>,
  atMost: number,
  random: Random,
): InnerFold[] {
  const labels = set.labels();
  const groups = set.groups();
  return stratifiedGroupKFold(labels, groups, innerFoldCount(groups, atMost), random)
    .map((held) => {
      const isHeld = new Set(held);
      const train = Int32Array.from(labels.keys()).filter((place) => !isHeld.has(place));
      return {
        train: train.map((place) => set.samples[place]),
        held: held.map((place) => set.samples[place]),
        classes: new Set(train.map((place) => labels[place])).size,
      };
    });
}

/** The number of inner folds of samples of these groups. */
export function innerFoldCount(groups: readonly string[], atMost: number): number {
  return Math.min(atMost, new Set(groups).size);
}
