/** What a bootstrap by brute force gave for one statistic. */
export interface BootstrapReference {
  /** Interval of the predictions' value. */
  readonly ci95: [number, number];
  /** Value of the predictions less that of the other ones. */
  readonly difference: number;
  /** Interval of the difference. */
  readonly differenceCi95: [number, number];
  /** Two-sided p of the difference. */
  readonly p: number;
}

/** One set of predictions and what the reference libraries say of it: see tests/fixtures/make_metrics.py. */
export interface MetricsFixture {
  /** Number of classes. */
  readonly nClasses: number;
  /** True classes [n]. */
  readonly truth: Int32Array;
  /** Predicted classes [n]. */
  readonly predicted: Int32Array;
  /** What another model predicts [n]. */
  readonly other: Int32Array;
  /** Speaker of each sample [n]. */
  readonly clusters: string[];
  /** Class probabilities [n, nClasses]. */
  readonly probabilities: Float64Array;
  /** Scores by scikit-learn. */
  readonly accuracy: number;
  readonly wilson: [number, number];
  readonly uar: number;
  readonly macroF1: number;
  readonly precision: number[];
  readonly recall: number[];
  readonly f1: number[];
  readonly support: number[];
  readonly confusion: number[][];
  readonly logLoss: number;
  readonly logLossSingle: number;
  readonly ece: number;
  readonly eceSingle: number;
  readonly auc: number | null;
  readonly aucPerClass: (number | null)[];
  /** Samples on which one of the two models is right, and what McNemar's test makes of them. */
  readonly onlyPredicted: number;
  readonly onlyOther: number;
  readonly mcnemarP: number;
  /** Resampling of whole speakers. */
  readonly bootstrap: {
    readonly seed: number;
    readonly resamples: number;
    readonly firstDraw: number[];
    readonly accuracy: BootstrapReference;
    readonly uar: BootstrapReference;
    readonly macroF1: BootstrapReference;
  };
  /** DummyClassifier(strategy="prior"). */
  readonly majority: {
    readonly train: number[];
    readonly trainAccuracy: number;
    readonly predicted: number;
    readonly accuracy: number;
    readonly logLoss: number;
  };
}

/** Names of the committed sets. */
export const METRICS_CASES = [
  "seven_of_two",
  "absent_classes",
  "one_class",
  "single_sample",
  "ravdess_size",
] as const;

/** Loads one set. */
export function metricsFixture(name: typeof METRICS_CASES[number]): MetricsFixture {
  const raw = readJson(name);
  return {
    ...raw,
    truth: Int32Array.from(raw.truth),
    predicted: Int32Array.from(raw.predicted),
    other: Int32Array.from(raw.other),
    probabilities: Float64Array.from(raw.thousandths.flat(), (share: number) => share / 1000),
  };
}

/** Loads the cases of the tests that need no predictions. */
export function testsFixture(): {
  mcnemar: { onlyFirst: number; onlySecond: number; p: number }[];
  holm: { p: number[]; adjusted: number[] }[];
  wilson: { correct: number; n: number; ci95: [number, number] }[];
} {
  return readJson("tests");
}

// deno-lint-ignore no-explicit-any
function readJson(name: string): any {
  const url = new URL(`../fixtures/metrics/${name}.json`, import.meta.url);
  return JSON.parse(Deno.readTextFileSync(url));
}
