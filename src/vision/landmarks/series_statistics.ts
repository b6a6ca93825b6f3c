/** Which statistics {@linkcode seriesStatistics} takes of a series, by name. */
export type SeriesStatistic =
  | "mean"
  | "deviation"
  | "q05"
  | "q25"
  | "q50"
  | "q75"
  | "q95"
  | "low"
  | "high"
  | "speed"
  | "speed-deviation"
  | "trend-1"
  | "trend-2"
  | "trend-3"
  | "trend-4"
  | "trend-5";

/** Half the width of the smoothing window, in frames: four deviations, as in SciPy. */
const REACH = 6;
/** Deviation of the smoothing window in frames: 50 ms at 30 frames a second. */
const SIGMA = 1.5;

const KERNEL = gaussianKernel();

/**
 * Statistics of one series of numbers, a value a frame.
 *
 * The series is first smoothed (Gaussian of 1.5 frames, mirrored at its ends as SciPy's
 * `gaussian_filter1d` does), which takes out the landmarks' tremble. Deviations divide by n; quantiles
 * are interpolated as NumPy does; `low` and `high` are the 5 % and 95 % quantiles less the mean; `speed`
 * is the mean of the absolute change a second and `speed-deviation` the deviation of the change;
 * `trend-k` is the k-th coefficient of the discrete cosine transform, mean of x[t] cos(pi k (t + 1/2) / n),
 * which says how the clip develops from its start to its end whatever it lasts.
 *
 * @param series The values [n], at least one.
 * @param fps Values a second.
 * @param names Which statistics to take.
 * @returns One number a name.
 */
export function seriesStatistics(
  series: Float32Array,
  fps: number,
  names: readonly SeriesStatistic[],
): Float32Array {
  const x = smooth(series);
  const sorted = x.toSorted();
  const mean = meanOf(x);
  const change = x.slice(1).map((value, i) => (value - x[i]) * fps);
  const take = (name: SeriesStatistic): number => {
    switch (name) {
      case "mean":
        return mean;
      case "deviation":
        return deviationOf(x);
      case "low":
        return quantile(sorted, 0.05) - mean;
      case "high":
        return quantile(sorted, 0.95) - mean;
      case "speed":
        return meanOf(change.map(Math.abs));
      case "speed-deviation":
        return deviationOf(change);
      default:
        return name.startsWith("q")
          ? quantile(sorted, Number(name.slice(1)) / 100)
          : cosineCoefficient(x, Number(name.slice("trend-".length)));
    }
  };
  return Float32Array.from(names, take);
}

function gaussianKernel(): Float64Array {
  const weights = Float64Array.from(
    { length: 2 * REACH + 1 },
    (_, i) => Math.exp(-0.5 * ((i - REACH) / SIGMA) ** 2),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function smooth(series: Float32Array): Float64Array {
  const n = series.length;
  return Float64Array.from({ length: n }, (_, t) => {
    let sum = 0;
    for (let k = -REACH; k <= REACH; k++) sum += KERNEL[k + REACH] * series[mirrored(t + k, n)];
    return sum;
  });
}

/** The index that stands for `i` beyond the ends: ... 1 0 | 0 1 ... n-1 | n-1 n-2 ... */
function mirrored(i: number, n: number): number {
  const place = ((i % (2 * n)) + 2 * n) % (2 * n);
  return place < n ? place : 2 * n - 1 - place;
}

function meanOf(x: Float64Array): number {
  return x.length === 0 ? 0 : x.reduce((sum, value) => sum + value, 0) / x.length;
}

function deviationOf(x: Float64Array): number {
  const mean = meanOf(x);
  return Math.sqrt(meanOf(x.map((value) => (value - mean) ** 2)));
}

function quantile(sorted: Float64Array, q: number): number {
  const place = q * (sorted.length - 1);
  const below = Math.floor(place);
  const next = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (place - below) * (next - sorted[below]);
}

function cosineCoefficient(x: Float64Array, k: number): number {
  const n = x.length;
  let sum = 0;
  for (let t = 0; t < n; t++) sum += x[t] * Math.cos((Math.PI * k * (t + 0.5)) / n);
  return sum / n;
}
