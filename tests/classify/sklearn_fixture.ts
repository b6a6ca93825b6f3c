import { Matrix } from "../../src/numeric/matrix.ts";

/** What scikit-learn's SVC gave for one kernel. */
export interface SvcReference {
  /** Decision values of the test samples, one-vs-one. */
  readonly decisions: number[][];
  /** The same from a solver tolerance of 1e-8. */
  readonly exactDecisions: number[][];
  /** Predicted classes of the test samples. */
  readonly predictions: number[];
  /** Predicted classes of the training samples. */
  readonly trainPredictions: number[];
  /** For each pair of classes the order of samples that libsvm cut into folds. */
  readonly permutations: number[][];
  /** Slope of each pair's sigmoid. */
  readonly a: number[];
  /** Offset of each pair's sigmoid. */
  readonly b: number[];
  /** Class probabilities of the test samples. */
  readonly probabilities: number[][];
}

/** One data set and what scikit-learn made of it: see tests/fixtures/make_sklearn.py. */
export interface SklearnFixture {
  /** Training samples. */
  readonly x: Matrix;
  /** Their classes. */
  readonly y: Int32Array;
  /** Number of classes. */
  readonly nClasses: number;
  /** Test samples. */
  readonly xTest: Matrix;
  /** Class probabilities of the test samples by GaussianNB. */
  readonly gaussianNb: number[][];
  /** Class probabilities of the test samples by LinearDiscriminantAnalysis. */
  readonly lda: number[][];
  /** Class probabilities of the test samples by LogisticRegression. */
  readonly logistic: number[][];
  /** Results of the linear SVC. */
  readonly svmLinear: SvcReference;
  /** Results of the RBF SVC. */
  readonly svmRbf: SvcReference;
}

/** Names of the committed data sets. */
export const DATA_SETS = [
  "three_classes",
  "wide",
  "wide_five_classes",
  "imbalanced",
  "constant_column",
  "unscaled",
] as const;

/** Loads one data set with scikit-learn's results. */
export function sklearnFixture(name: typeof DATA_SETS[number]): SklearnFixture {
  const url = new URL(`../fixtures/sklearn/${name}.json`, import.meta.url);
  const raw = JSON.parse(Deno.readTextFileSync(url));
  return {
    ...raw,
    x: Matrix.fromRows(raw.x),
    y: Int32Array.from(raw.y),
    nClasses: Math.max(...raw.y) + 1,
    xTest: Matrix.fromRows(raw.xTest),
  };
}

/** The largest absolute difference between a matrix and rows of reference values. */
export function largestDifference(actual: Matrix, expected: number[][]): number {
  const wanted = expected.flat();
  if (actual.data.length !== wanted.length) {
    throw new RangeError(`${actual.data.length} values against ${wanted.length}`);
  }
  return wanted.reduce((max, value, k) => Math.max(max, Math.abs(value - actual.data[k])), 0);
}
