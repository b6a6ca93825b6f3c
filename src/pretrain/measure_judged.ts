import type { RowMetrics } from "../evaluate/row_metrics.ts";
import { summariseRow } from "../evaluate/summarise_row.ts";

/** A sample and what was said of it. */
export interface Judged {
  /** Index of its true class. */
  readonly truth: number;
  /** Who speaks. */
  readonly speaker: string;
  /** What was said: the probability of every class. */
  readonly probabilities: ArrayLike<number>;
}

/** How well samples were judged. */
export interface Measured {
  /** Everything that is said of a row of results. */
  readonly metrics: RowMetrics;
  /** Share of right answers in the half of which the probabilities are highest. */
  readonly surestHalf: number;
}

/**
 * Measures what was said of samples; whole speakers are drawn for the intervals.
 *
 * @throws {RangeError} If there are no samples.
 */
export function measureJudged(judged: readonly Judged[], nClasses: number): Measured {
  const truth = Int32Array.from(judged, ({ truth }) => truth);
  const probabilities = new Float32Array(judged.length * nClasses);
  judged.forEach((one, i) => probabilities.set(normalised(one.probabilities), i * nClasses));
  const best = judged.map(({ probabilities }) => argMax(probabilities));
  const metrics = summariseRow(
    truth,
    Int32Array.from(best),
    probabilities,
    nClasses,
    judged.map(({ speaker }) => speaker),
  );
  const surest = [...judged.keys()]
    .sort((a, b) => judged[b].probabilities[best[b]] - judged[a].probabilities[best[a]])
    .slice(0, Math.ceil(judged.length / 2));
  const right = surest.filter((i) => best[i] === truth[i]).length;
  return { metrics, surestHalf: right / surest.length };
}

/** In double precision they sum to 1; rounded to single, rows of many classes may not. */
function normalised(values: ArrayLike<number>): Float64Array {
  const sum = Array.from(values).reduce((a, b) => a + b, 0);
  return Float64Array.from(values, (value) => value / sum);
}

function argMax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i;
  return best;
}
