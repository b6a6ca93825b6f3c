import type { ClassScores } from "./class_scores.ts";

/** Everything that is said about one row of the results: plain data, fit for JSON. */
export interface RowMetrics {
  /** Number of predictions. */
  readonly n: number;
  /** Number of clusters (speakers, or takes) that the bootstrap draws from. */
  readonly nClusters: number;
  /** Share of predictions that are right. */
  readonly accuracy: number;
  /** 95 % Wilson interval of the accuracy, as if the samples were independent: for one split. */
  readonly ci95: readonly [low: number, high: number];
  /** 95 % interval of the accuracy over clusters; null if there is only one. */
  readonly clusteredCi95: readonly [low: number, high: number] | null;
  /** Unweighted average recall, over the classes that occur. */
  readonly uar: number;
  /** 95 % interval of the UAR over clusters; null if there is only one. */
  readonly uarCi95: readonly [low: number, high: number] | null;
  /** Mean F1 over the classes that occur or are predicted. */
  readonly macroF1: number;
  /** 95 % interval of the macro F1 over clusters; null if there is only one. */
  readonly macroF1Ci95: readonly [low: number, high: number] | null;
  /** Log loss of the probabilities, in nats. */
  readonly logLoss: number;
  /** Expected calibration error of the highest probability, 15 bins. */
  readonly ece: number;
  /**
   * Area under the curve of risk against coverage, by the highest probability; results of older versions have none.
   */
  readonly aurc?: number;
  /** Accuracy of the half of highest probability; results of older versions have none. */
  readonly surestHalf?: number;
  /** Mean area under the one-against-rest ROC curves; null if no class has one. */
  readonly auc: number | null;
  /** Classes that `auc` leaves out because they have no sample, or all of them. */
  readonly aucLeftOut: readonly number[];
  /** Each class's scores, and the area under its ROC curve, or null. */
  readonly perClass: readonly (ClassScores & { readonly auc: number | null })[];
  /** Counts [true class][predicted class]. */
  readonly confusion: readonly (readonly number[])[];
}
