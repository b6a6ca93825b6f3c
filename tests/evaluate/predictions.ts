import fc from "fast-check";

/** Predictions of a made-up model, and those of another. */
export interface MadePredictions {
  /** Number of classes, not all of which need occur. */
  readonly nClasses: number;
  /** True classes [n]. */
  readonly truth: Int32Array;
  /** Predicted classes [n]. */
  readonly predicted: Int32Array;
  /** What another model predicts [n]. */
  readonly other: Int32Array;
  /** Class probabilities [n, nClasses]. */
  readonly probabilities: Float64Array;
  /** Cluster of each sample [n]. */
  readonly clusters: string[];
}

/** One to forty samples of two to five classes in up to six clusters. */
export const predictions: fc.Arbitrary<MadePredictions> = fc.integer({ min: 2, max: 5 })
  .chain((nClasses) => {
    const label = fc.integer({ min: 0, max: nClasses - 1 });
    const sample = fc.record({
      truth: label,
      predicted: label,
      other: label,
      weights: fc.array(fc.integer({ min: 1, max: 9 }), {
        minLength: nClasses,
        maxLength: nClasses,
      }),
      cluster: fc.constantFrom("ann", "bob", "eve", "Zoe", "émile", "10"),
    });
    return fc.array(sample, { minLength: 1, maxLength: 40 }).map((samples) => ({
      nClasses,
      truth: Int32Array.from(samples, ({ truth }) => truth),
      predicted: Int32Array.from(samples, ({ predicted }) => predicted),
      other: Int32Array.from(samples, ({ other }) => other),
      probabilities: Float64Array.from(samples.flatMap(({ weights }) => {
        const sum = weights.reduce((a, b) => a + b);
        return weights.map((weight) => weight / sum);
      })),
      clusters: samples.map(({ cluster }) => cluster),
    }));
  });

/** The same samples in another order. */
export function reorder(made: MadePredictions, order: ArrayLike<number>): MadePredictions {
  const at = Array.from(order);
  const { nClasses, probabilities } = made;
  return {
    nClasses,
    truth: Int32Array.from(at, (k) => made.truth[k]),
    predicted: Int32Array.from(at, (k) => made.predicted[k]),
    other: Int32Array.from(at, (k) => made.other[k]),
    probabilities: Float64Array.from(
      at.flatMap((k) => [...probabilities.subarray(k * nClasses, (k + 1) * nClasses)]),
    ),
    clusters: at.map((k) => made.clusters[k]),
  };
}
