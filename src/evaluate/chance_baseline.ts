import { Random } from "../numeric/random.ts";
import type { BaselineFold, BaselineRow } from "./baseline_row.ts";
import { classCounts } from "./class_counts.ts";
import { classScores } from "./class_scores.ts";
import { COUNT_STATISTICS } from "./count_statistics.ts";
import { percentileInterval } from "./percentile_interval.ts";
import type { SummaryOptions } from "./summarise_row.ts";

/**
 * The row that guesses: each class equally often, with probability 1 / nClasses.
 *
 * `predicted` is one guesser's. The scores are what guessers get in expectation, since the scores of one
 * would be luck: the confusion matrix spreads each class evenly, and what follows from counts (macro F1,
 * precision) follows from those. The intervals hold 95 % of guessers on these very samples: a model whose
 * score lies inside may well have been lucky. Of 7 samples of two classes a guesser gets 1 to 6 right.
 *
 * @param folds True classes of each fold.
 * @param nClasses Number of classes.
 * @param clusters Speaker (or take) of each test sample, fold after fold [n].
 * @param options Seed; number of guessers, as `resamples`; names of `samples` where folds are repeated,
 * of which a guesser then says the same each time.
 *
 * @throws {RangeError} If lengths or class indices do not fit, or there are no test samples.
 *
 * @example
 * ```ts
 * import { chanceBaseline } from "./chance_baseline.ts";
 * import assert from "node:assert/strict";
 *
 * const fold = { train: Int32Array.of(0, 1), test: Int32Array.of(0, 0, 0, 0, 1, 1, 1) };
 * const { test } = chanceBaseline([fold], 2, ["a", "a", "a", "a", "b", "b", "b"]);
 * assert.equal(test.accuracy, 0.5);
 * assert.deepEqual(test.ci95, [1 / 7, 6 / 7]);
 * ```
 */
export function chanceBaseline(
  folds: readonly BaselineFold[],
  nClasses: number,
  clusters: readonly string[],
  options: SummaryOptions = {},
): BaselineRow {
  const { resamples = 2000, seed = 1, samples } = options;
  const truth = Int32Array.from(folds.flatMap(({ test }) => Array.from(test)));
  const n = truth.length;
  if (n === 0) throw new RangeError("there are no test samples to guess");
  if (clusters.length !== n || (samples ?? clusters).length !== n) {
    throw new RangeError(
      `${clusters.length} clusters and ${(samples ?? clusters).length} samples named ` +
        `for ${n} predictions`,
    );
  }
  const guesser = makeGuesser(samples ?? Array.from(truth.keys(), String), nClasses, seed);
  const predicted = guesser();
  const { support } = classCounts(truth, predicted, nClasses);
  const expected = {
    hits: support.map((count) => count / nClasses),
    support,
    chosen: new Float64Array(nClasses).fill(n / nClasses),
  };

  const scores = { accuracy: [] as number[], uar: [] as number[], macroF1: [] as number[] };
  for (let r = 0; r < resamples; r++) {
    const counts = classCounts(truth, guesser(), nClasses);
    scores.accuracy.push(COUNT_STATISTICS.accuracy(counts));
    scores.uar.push(COUNT_STATISTICS.uar(counts));
    scores.macroF1.push(COUNT_STATISTICS.macroF1(counts));
  }
  const interval = (values: number[]) => percentileInterval(Float64Array.from(values));
  const ci95 = interval(scores.accuracy);

  // A ROC curve needs samples of the class, and others.
  const aucs = Array.from(support, (count) => count === 0 || count === n ? null : 0.5);
  return {
    predicted,
    probabilities: new Float32Array(n * nClasses).fill(1 / nClasses),
    train: {
      n: folds.reduce((sum, { train }) => sum + train.length, 0),
      accuracy: 1 / nClasses,
    },
    test: {
      n,
      nClusters: new Set(clusters).size,
      accuracy: 1 / nClasses,
      ci95,
      clusteredCi95: ci95,
      uar: 1 / nClasses,
      uarCi95: interval(scores.uar),
      macroF1: COUNT_STATISTICS.macroF1(expected),
      macroF1Ci95: interval(scores.macroF1),
      logLoss: Math.log(nClasses),
      ece: 0,
      auc: aucs.some((auc) => auc !== null) ? 0.5 : null,
      aucLeftOut: Array.from(aucs.keys()).filter((c) => aucs[c] === null),
      perClass: classScores(expected).map((scores, c) => ({ ...scores, auc: aucs[c] })),
      confusion: Array.from(support, (count) => new Array<number>(nClasses).fill(count / nClasses)),
    },
  };
}

/** Says a random class of each sample; every call is another guesser. */
function makeGuesser(samples: readonly string[], nClasses: number, seed: number): () => Int32Array {
  const numbers = new Map([...new Set(samples)].map((name, number) => [name, number]));
  const sampleOf = Int32Array.from(samples, (name) => numbers.get(name)!);
  const rng = new Random(seed).derive("chance");
  return () => {
    const guesses = new Int32Array(numbers.size).map(() => rng.int(nClasses));
    return sampleOf.map((sample) => guesses[sample]);
  };
}
