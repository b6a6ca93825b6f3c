import type { Classifier } from "../classify/classifier.ts";
import type { Matrix } from "../nn/matrix.ts";
import { deriveSeed } from "../nn/random.ts";
import type { Fold, FoldJob, FoldRow } from "./fold.ts";
import type { RowName } from "./results.ts";

/** The seed of the fitted thing called `label` in this fold, one of its own. */
export function foldSeed({ seed, name }: FoldJob, label: string): number {
  return deriveSeed(seed, `${name}/${label}`);
}

/** The class indices of the samples whose numbers are listed. */
export function labelsOf(fold: Fold, samples: Int32Array): Int32Array {
  return samples.map((sample) => fold.job.labels[sample]);
}

/** Fits `classifier` on the samples `train` of `x` [samples, features]. */
export function fitOn(fold: Fold, classifier: Classifier, x: Matrix, train: Int32Array): void {
  classifier.fit(x.selectRows(train), labelsOf(fold, train), fold.job.nClasses);
}

/** The row of a classifier fitted on the fold's training samples of `x` [samples, features]. */
export function classifierRow(
  fold: Fold,
  row: RowName,
  classifier: Classifier,
  x: Matrix,
): FoldRow {
  const test = x.selectRows(fold.job.test);
  return {
    ...row,
    train: classifier.predict(x.selectRows(fold.job.train)),
    test: classifier.predict(test),
    testProba: classifier.predictProba(test).data,
    warning: classifier.warning,
  };
}

/** The row of fused class probabilities, of the training and of the test samples. */
export function probabilityRow(row: RowName, train: Matrix, test: Matrix): FoldRow {
  return { ...row, train: train.argMax(), test: test.argMax(), testProba: test.data };
}
