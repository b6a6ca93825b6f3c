/** Numbers that sum up a contour, the values of one descriptor frame by frame. */
export interface Functionals {
  /** What each number is. */
  readonly names: readonly string[];

  /** The numbers, one a name, of at least one value in the order of time. */
  of(values: Float64Array): number[];
}

/** Mean and (population) standard deviation. */
export const MOMENTS: Functionals = {
  names: ["mean", "deviation"],
  of: (values) => moments(values),
};

/** The quantiles of {@linkcode SHAPE}. */
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * Mean, standard deviation, five quantiles (interpolated linearly, as NumPy does) and the slope: that
 * of the least-squares line through the values, over the whole length of the contour.
 */
export const SHAPE: Functionals = {
  names: ["mean", "deviation", ...QUANTILES.map((q) => `quantile${q}`), "slope"],
  of(values) {
    const sorted = values.toSorted();
    return [...moments(values), ...QUANTILES.map((q) => quantile(sorted, q)), slope(values)];
  },
};

/** In how many parts {@linkcode PARTS} cuts a contour. */
const N_PARTS = 8;

/** The means of eight parts of equal length, from first to last: the course of the contour. */
export const PARTS: Functionals = {
  names: Array.from({ length: N_PARTS }, (_, part) => `part${part + 1}`),
  of: (values) =>
    Array.from({ length: N_PARTS }, (_, part) => {
      const from = Math.min(Math.floor(part * values.length / N_PARTS), values.length - 1);
      const to = Math.floor((part + 1) * values.length / N_PARTS);
      return mean(values.subarray(from, Math.max(to, from + 1)));
    }),
};

/** Arithmetic mean of at least one value. */
export function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** Mean and population standard deviation of at least one value. */
export function moments(values: Float64Array): [mean: number, deviation: number] {
  const centre = mean(values);
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] - centre) ** 2;
  return [centre, Math.sqrt(squares / values.length)];
}

/**
 * The quantile `q`, from 0 to 1, of values in ascending order, between the two nearest of them by linear
 * interpolation (method 7 of R. J. Hyndman and Y. Fan, The American Statistician 50(4), 1996; NumPy's
 * default).
 */
export function quantile(sorted: Float64Array, q: number): number {
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/**
 * By how much the least-squares line through values rises from the first to the last; 0 for a single
 * one. `times` says when each was measured: if given, the rise is that of one unit of time.
 */
export function slope(values: Float64Array, times?: Float64Array): number {
  const length = Math.max(values.length - 1, 1);
  const t = times ?? values.map((_, i) => i / length);
  const centre = mean(t);
  let products = 0, squares = 0;
  for (let i = 0; i < values.length; i++) {
    products += (t[i] - centre) * values[i];
    squares += (t[i] - centre) ** 2;
  }
  return squares > 0 ? products / squares : 0;
}
