import { accuracy } from "./accuracy.ts";
import type { BootstrapOptions } from "./cluster_resamples.ts";
import { ClusterResamples } from "./cluster_resamples.ts";
import { COUNT_STATISTICS, type CountStatistic } from "./count_statistics.ts";
import { percentileInterval } from "./percentile_interval.ts";
import { uar } from "./uar.ts";

/** How well the samples of one group are recognised. */
export interface GroupScores {
  /** The group, such as `female`. */
  readonly group: string;
  /** Its samples. */
  readonly n: number;
  /** Its speakers. */
  readonly speakers: number;
  /** Share of right predictions. */
  readonly accuracy: number;
  /** Mean recall over the classes that it has. */
  readonly uar: number;
  /** 95 % interval of the UAR by a bootstrap over its speakers; null of one speaker. */
  readonly uarCi95: readonly [low: number, high: number] | null;
  /**
   * Why it cannot be compared with the others; left out where it can.
   */
  readonly apart?: "few-speakers" | "few-samples" | "lacks-classes";
}

/** How far the two groups are apart that are farthest from each other. */
export interface GroupGap {
  /** The group that is recognised better. */
  readonly better: string;
  /** The group that is recognised worse. */
  readonly worse: string;
  /** Their difference in UAR, above 0. */
  readonly difference: number;
  /** Its 95 % interval; with more than two groups wide enough for all pairs at once. */
  readonly ci95: readonly [low: number, high: number];
  /** Of how many pairs this one was chosen for its distance. */
  readonly pairs: number;
}

/** Who is recognised worse. */
export interface GroupComparison {
  /** The groups. */
  readonly groups: readonly GroupScores[];
  /** The gap; null where fewer than two groups can be compared. */
  readonly gap: GroupGap | null;
}

/** Speakers and samples that a group needs, to be compared. */
const FEWEST_SPEAKERS = 2;
const FEWEST_SAMPLES = 20;

/**
 * Compares groups of samples by UAR. Speakers are drawn with replacement, group by group, so that groups keep their
 * size; where speakers are in several groups (an intensity, say) they are drawn once for all, so that differences are
 * within speakers. The pair of more than two groups is chosen because it is far apart, which flatters the
 * difference: its interval is Bonferroni's, of 95 % for all pairs together (O. J. Dunn, "Multiple
 * Comparisons among Means", JASA 56, 1961). A group of one speaker, of fewer than 20 samples or without all
 * classes is listed and not compared.
 *
 * @param truth True class indices [n].
 * @param predicted Predicted class indices [n].
 * @param nClasses Number of classes.
 * @param speakers Speaker of each sample [n].
 * @param groups Group of each sample [n]; undefined where it is not known.
 * @param order The groups in the order of the result.
 *
 * @throws {RangeError} If lengths differ or a class index is out of range.
 *
 * @example
 * ```ts
 * import { rateGroups } from "./rate_groups.ts";
 * import assert from "node:assert/strict";
 *
 * const n = 80;
 * const each = Array.from({ length: n }, (_, i) => i);
 * const truth = Int32Array.from(each, (i) => i % 2);
 * // Of the first half all are right, of the second every other one.
 * const predicted = truth.map((label, i) => i < 40 || i % 4 < 2 ? label : 1 - label);
 * const { groups, gap } = rateGroups(
 *   truth,
 *   predicted,
 *   2,
 *   each.map((i) => `${Math.floor(i / 10)}`),
 *   each.map((i) => i < 40 ? "a" : "b"),
 *   ["a", "b"],
 * );
 * assert.deepEqual(groups.map(({ uar }) => uar), [1, 0.5]);
 * assert.equal(gap?.worse, "b");
 * assert.equal(gap?.difference, 0.5);
 * ```
 */
export function rateGroups(
  truth: Int32Array,
  predicted: Int32Array,
  nClasses: number,
  speakers: readonly string[],
  groups: readonly (string | undefined)[],
  order: readonly string[],
  options: BootstrapOptions = {},
): GroupComparison {
  const numbers = order.map((name) => groups.flatMap((group, i) => group === name ? [i] : []));
  const known = numbers.flat();
  const crossed = new Set(known.map((i) => `${speakers[i]}\n${groups[i]}`)).size >
    new Set(known.map((i) => speakers[i])).size;
  const draw = crossed ? drawTogether : drawApart;
  const values = draw({ truth, predicted, nClasses, speakers, numbers, options });
  const classes = new Set(known.map((i) => truth[i])).size;
  const scores = order.map((group, g): GroupScores => {
    const own = Int32Array.from(numbers[g]);
    const [t, p] = [own.map((i) => truth[i]), own.map((i) => predicted[i])];
    const people = new Set(Array.from(own, (i) => speakers[i])).size;
    const apart = people < FEWEST_SPEAKERS
      ? "few-speakers"
      : own.length < FEWEST_SAMPLES
      ? "few-samples"
      : new Set(t).size < classes
      ? "lacks-classes"
      : undefined;
    return {
      group,
      n: own.length,
      speakers: people,
      accuracy: accuracy(t, p),
      uar: uar(t, p, nClasses),
      uarCi95: people < 2 ? null : percentileInterval(finite(values[g])),
      ...(apart && { apart }),
    };
  });
  return { groups: scores, gap: widestGap(scores, values) };
}

/** What is drawn from. */
interface Drawing {
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  readonly nClasses: number;
  readonly speakers: readonly string[];
  /** Numbers of the samples of each group. */
  readonly numbers: readonly (readonly number[])[];
  readonly options: BootstrapOptions;
}

/** UAR of each group in every resample, of speakers drawn in each group by itself. */
function drawApart(
  { truth, predicted, nClasses, speakers, numbers, options }: Drawing,
): Float64Array[] {
  return numbers.map((own, g) => {
    // Another seed a group: equal draws would pair speakers that have nothing to do with each other.
    const seed = (options.seed ?? 1) + 7919 * g;
    const resamples = new ClusterResamples(own.map((i) => speakers[i]), { ...options, seed });
    const of = (labels: Int32Array) => Int32Array.from(own, (i) => labels[i]);
    return resamples.values(of(truth), of(predicted), nClasses, [COUNT_STATISTICS.uar])[0];
  });
}

/** The same, of speakers drawn for all groups at once: each group has classes of its own among those that are counted. */
function drawTogether(
  { truth, predicted, nClasses, speakers, numbers, options }: Drawing,
): Float64Array[] {
  const all = numbers.flatMap((own, g) => own.map((i) => ({ i, first: g * nClasses })));
  const resamples = new ClusterResamples(all.map(({ i }) => speakers[i]), options);
  const of = (labels: Int32Array) => Int32Array.from(all, ({ i, first }) => first + labels[i]);
  const statistics = numbers.map((_, g): CountStatistic => ({ hits, support, chosen }) => {
    const part = (counts: Float64Array) => counts.subarray(g * nClasses, (g + 1) * nClasses);
    return COUNT_STATISTICS.uar({ hits: part(hits), support: part(support), chosen: part(chosen) });
  });
  return resamples.values(of(truth), of(predicted), nClasses * numbers.length, statistics);
}

function widestGap(
  scores: readonly GroupScores[],
  values: readonly Float64Array[],
): GroupGap | null {
  const compared = [...scores.keys()].filter((g) => scores[g].apart === undefined);
  if (compared.length < 2) return null;
  const ranked = compared.toSorted((a, b) => scores[b].uar - scores[a].uar);
  const [better, worse] = [ranked[0], ranked.at(-1)!];
  const pairs = compared.length * (compared.length - 1) / 2;
  const differences = values[better].map((value, r) => value - values[worse][r]);
  return {
    better: scores[better].group,
    worse: scores[worse].group,
    difference: scores[better].uar - scores[worse].uar,
    ci95: percentileInterval(finite(differences), 0.05 / pairs),
    pairs,
  };
}

/** Without the resamples in which a group has no sample. */
function finite(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}
