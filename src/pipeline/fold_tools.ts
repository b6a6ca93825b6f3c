import type { Classifier } from "../classify/classifier.ts";
import type { FitKind } from "../evaluate/fit_ledger.ts";
import type { FusionName } from "../fusion/registry.ts";
import type { Seen } from "../modality.ts";
import { FitError } from "../nn/fit_error.ts";
import type { Matrix } from "../nn/matrix.ts";
import { deriveSeed } from "../nn/random.ts";
import type { Fold, FoldJob, FoldRow, UnfittedRow } from "./fold.ts";
import type { RowName } from "./results.ts";

/** The seed of the fitted thing called `label` in this fold, one of its own. */
export function foldSeed({ seed, name }: FoldJob, label: string): number {
  return deriveSeed(seed, `${name}/${label}`);
}

/** The name of a row of this fold's recipe; early fusion is what `fused` means unless it says more. */
export function rowName(
  { featureNames, plan }: Fold,
  modality: Seen,
  model: RowName["model"],
  fusion: FusionName = modality === "fused" ? "early" : "none",
): RowName {
  const { recipe, normalisation } = plan;
  return { modality, recipe, features: featureNames[modality], normalisation, model, fusion };
}

/** The class indices of the samples whose numbers are listed. */
export function labelsOf(fold: Fold, samples: Int32Array): Int32Array {
  return samples.map((sample) => fold.job.labels[sample]);
}

/** What is fitted by {@linkcode fitOn}, for the account of fits. */
export interface FitName {
  /** Its name: `lda on mfcc`. */
  readonly name: string;
  /** Its kind. */
  readonly kind?: FitKind;
}

/**
 * Fits `classifier` on the samples `train` of `x` [samples, features] and keeps account of it.
 *
 * @throws {FitError} If the model cannot be fitted to them.
 */
export function fitOn(
  fold: Fold,
  classifier: Classifier,
  x: Matrix,
  train: Int32Array,
  { name, kind = "classifier" }: FitName,
): void {
  const { job, log } = fold;
  const groups = Array.from(train, (sample) => job.groups[sample]);
  classifier.fit(x.selectRows(train), labelsOf(fold, train), job.nClasses, groups);
  log.fitted(name, kind, train, true);
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
    warning:
      [classifier.warning, ...featureWarnings(fold, row)].filter((text) => text).join("; ") ||
      undefined,
  };
}

/** The row that `make` gives, or why its model could not be fitted. */
export function rowOrReason(row: RowName, make: () => FoldRow): FoldRow | UnfittedRow {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof FitError)) throw error;
    return { ...row, unfitted: error.message };
  }
}

/** What is to be known of the features of a row. */
function featureWarnings({ warnings }: Fold, { modality }: RowName): string[] {
  if (modality === "fused") return [...new Set(warnings.values())];
  return [warnings.get(modality) ?? ""];
}

/** The row of fused class probabilities, of the training and of the test samples. */
export function probabilityRow(row: RowName, train: Matrix, test: Matrix): FoldRow {
  return { ...row, train: train.argMax(), test: test.argMax(), testProba: test.data };
}
