import { classCounts } from "./class_counts.ts";
import { ClusterResamples } from "./cluster_resamples.ts";
import { COUNT_STATISTICS } from "./count_statistics.ts";
import { holm } from "./holm.ts";
import { mcnemarExact } from "./mcnemar_exact.ts";
import { pairedDifference } from "./paired_difference.ts";
import { sampleHits } from "./sample_hits.ts";
import type { SummaryOptions } from "./summarise_row.ts";

/** What {@linkcode compareRows} needs to know of a row. */
export interface ComparedRow {
  /** Predicted class indices [n]. */
  readonly predicted: Int32Array;
  /**
   * Whether it is compared but may not be the best, such as the majority row.
   *
   * @default {false}
   */
  readonly baseline?: boolean;
}

/** How a row compares with the best one. */
export interface RowComparison {
  /** Number of the best row. */
  readonly with: number;
  /** This row's UAR less the best row's: 0 or below, unless this row is a baseline. */
  readonly difference: number;
  /** 95 % interval of the difference, drawing clusters; null if there is only one. */
  readonly differenceCi95: readonly [low: number, high: number] | null;
  /** Two-sided bootstrap p of the difference; null if there is only one cluster. */
  readonly bootstrapP: number | null;
  /** The same with Holm's correction for all compared rows. */
  readonly holmBootstrapP: number | null;
  /** P of McNemar's exact test, which takes samples as independent. */
  readonly mcnemarP: number;
  /** The same with Holm's correction for all compared rows. */
  readonly holmP: number;
}

/**
 * Compares each row of the results with the best one, which is that of the highest UAR; of equals that of
 * the higher accuracy, then the first. The best row is picked on the same samples, so that it is
 * flattered: a difference that stays significant may still be smaller with new speakers.
 *
 * A smaller p than 2 / (resamples + 1) can't come out of the bootstrap. The default of 10,000 resamples
 * leaves room for Holm's correction over a hundred rows.
 *
 * @param truth True class indices of the test samples [n], the same for all rows.
 * @param rows The rows; `undefined` keeps the place of one that is not compared, such as the chance row, whose
 * predictions are dice.
 * @param nClasses Number of classes.
 * @param clusters What the bootstrap draws [n]: the speaker of each sample, or, where there is only one
 * speaker, the take.
 * @param options `samples` names the sample of each prediction where folds are repeated: McNemar's test
 * then counts each sample once.
 * @returns A comparison for each row; `undefined` for the best and for those not compared.
 *
 * @throws {RangeError} If lengths differ, a class index is out of range, or there are no samples.
 *
 * @example
 * ```ts
 * import { compareRows } from "./compare_rows.ts";
 * import assert from "node:assert/strict";
 *
 * const truth = Int32Array.of(0, 1, 0, 1, 0, 1);
 * const rows = [{ predicted: new Int32Array(6) }, { predicted: truth }];
 * const [first, best] = compareRows(truth, rows, 2, ["ann", "ann", "bob", "bob", "eve", "eve"]);
 * assert.equal(best, undefined);
 * assert.deepEqual([first?.with, first?.difference, first?.mcnemarP], [1, -0.5, 0.25]);
 * ```
 */
export function compareRows(
  truth: Int32Array,
  rows: readonly (ComparedRow | undefined)[],
  nClasses: number,
  clusters: readonly string[],
  options: SummaryOptions = {},
): (RowComparison | undefined)[] {
  const { samples, seed, resamples = 10_000 } = options;
  const draws = new ClusterResamples(clusters, { seed, resamples });
  const scored = rows.flatMap((row, number) => {
    if (row === undefined) return [];
    const counts = classCounts(truth, row.predicted, nClasses);
    return [{
      number,
      isCandidate: row.baseline !== true,
      uar: COUNT_STATISTICS.uar(counts),
      accuracy: COUNT_STATISTICS.accuracy(counts),
      hits: sampleHits(truth, row.predicted, samples),
      values: draws.values(truth, row.predicted, nClasses, [COUNT_STATISTICS.uar])[0],
    }];
  });
  const [best] = scored.filter(({ isCandidate }) => isCandidate)
    .toSorted((a, b) => b.uar - a.uar || b.accuracy - a.accuracy);
  const comparisons = new Array<RowComparison | undefined>(rows.length).fill(undefined);
  if (best === undefined) return comparisons;

  const others = scored.filter((row) => row !== best);
  const differences = others.map(({ uar, values }) =>
    pairedDifference(uar - best.uar, values, best.values, draws.nClusters)
  );
  const bootstrapPs = differences.map(({ p }) => p);
  const mcnemarPs = others.map(({ hits }) =>
    mcnemarExact(
      hits.filter((hit, k) => hit > best.hits[k]).length,
      hits.filter((hit, k) => hit < best.hits[k]).length,
    )
  );
  const holmPs = holm(mcnemarPs);
  const holmBootstrapPs = draws.nClusters === 1 ? bootstrapPs : holm(bootstrapPs.map((p) => p!));
  others.forEach(({ number }, k) =>
    comparisons[number] = {
      with: best.number,
      difference: differences[k].difference,
      differenceCi95: differences[k].ci95,
      bootstrapP: bootstrapPs[k],
      holmBootstrapP: holmBootstrapPs[k],
      mcnemarP: mcnemarPs[k],
      holmP: holmPs[k],
    }
  );
  return comparisons;
}
