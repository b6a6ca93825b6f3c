import type { Classifier } from "../../../classify/classifier.ts";
import type { TrainingSet } from "../../../evaluate/training_set.ts";
import type { Matrix } from "../../../numeric/matrix.ts";

/**
 * Fits a classifier to the set. What it divides inside itself (rows to stop early by, folds of a grid
 * search, members of an ensemble), it divides of these rows, by these groups: others never reach it.
 *
 * @throws {FitError} If it cannot be fitted to them.
 */
export function fitClassifier(classifier: Classifier, set: TrainingSet<Matrix>): void {
  classifier.fit(set.rows(), set.labels(), set.nClasses, set.groups());
}
