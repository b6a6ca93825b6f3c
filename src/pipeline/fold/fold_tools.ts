import type { Classifier } from "../../classify/classifier.ts";
import type { FitKind } from "../../evaluate/fit_ledger.ts";
import { SampleTable } from "../../evaluate/sample_table.ts";
import type { DecisionRule } from "../../fusion/decision_rule.ts";
import type { FusionName } from "../../fusion/registry.ts";
import type { Seen } from "../../modality.ts";
import { FitError } from "../../numeric/fit_error.ts";
import { deriveSeed } from "../../numeric/random.ts";
import type { Fold, FoldRow, FoldTask, UnfittedRow } from "./fold.ts";
import type { RowName } from "../run/row_name.ts";

/** The seed of what is fitted under the name `label` in this fold; no other name or fold has the same. */
export function foldSeed({ seed, name }: FoldTask, label: string): number {
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

/** What is fitted by {@linkcode fitOn}, for the account of fits. */
export interface ClassifierFit {
  /** Its name: `lda on mfcc`. */
  readonly name: string;
  /**
   * Its kind.
   *
   * @default {"classifier"}
   */
  readonly kind?: FitKind;
}

/**
 * Fits `classifier` on the samples `train` of `x` [samples, features].
 *
 * @throws {FitError} If the model cannot be fitted to them.
 */
export function fitOn(
  fold: Fold,
  classifier: Classifier,
  x: SampleTable,
  train: Int32Array,
  { name, kind = "classifier" }: ClassifierFit,
): void {
  x.learn({ name, kind }, train, (set) => fold.fitters.classifier(classifier, set));
}

/**
 * Fits `rule` on class probabilities of the fold's training samples, one table a modality, by models
 * that did not learn from them.
 *
 * @throws {FitError} If it cannot be fitted to them.
 */
export function fitRuleOn(fold: Fold, rule: DecisionRule, outOfFold: readonly SampleTable[]): void {
  const what = { name: rule.name, kind: "fusion-rule" } as const;
  SampleTable.learn(outOfFold, what, fold.job.train, (set) => fold.fitters.rule(rule, set));
}

/** The row of a classifier fitted on the fold's training samples of `x` [samples, features]. */
export function classifierRow(
  fold: Fold,
  row: RowName,
  classifier: Classifier,
  x: SampleTable,
): FoldRow {
  const test = x.select(fold.job.test);
  return {
    ...row,
    train: x.select(fold.job.train).predict(classifier),
    test: test.predict(classifier),
    testProba: test.predictProba(classifier).publish().data,
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
export function probabilityRow(row: RowName, train: SampleTable, test: SampleTable): FoldRow {
  const onTest = test.publish();
  return {
    ...row,
    train: train.publish().argMax(),
    test: onTest.argMax(),
    testProba: onTest.data,
  };
}
