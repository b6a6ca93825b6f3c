import assert from "node:assert/strict";
import { timeSignal } from "./time_signals.ts";

/** One result of make_librosa_time.py. */
export interface TimeCase {
  /** The function's name, in camelCase. */
  readonly feature: string;
  /** The signal's name. */
  readonly signal: string;
  /** The function's options. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Rows (where there are any) and columns of the result. */
  readonly shape: readonly number[];
  /** Where the result hangs on rounding, so that it is left out of all that follows. */
  readonly unknown: readonly number[];
  /** Least and greatest value, mean and root mean square of the result. */
  readonly summary: readonly [number, number, number, number];
  /** Where values were taken. */
  readonly at: readonly number[];
  /** The values there. */
  readonly values: readonly number[];
}

const cases: readonly TimeCase[] = JSON.parse(
  Deno.readTextFileSync(new URL("../fixtures/librosa_time/cases.json", import.meta.url)),
);

/** How far a result may be from librosa's. */
export interface TimeTolerance {
  /** As a part of each value. */
  readonly relative: number;
  /** On top of that, as a part of the greatest magnitude in the result. Default: 0. */
  readonly ofPeak?: number;
  /** On top of that, in the result's unit. Default: 0. */
  readonly absolute?: number;
}

/**
 * Compares every result that librosa gave for `feature` with what `compute` returns. There must be at
 * least `atLeast` of them.
 */
export function assertLikeLibrosa(
  feature: string,
  atLeast: number,
  tolerance: TimeTolerance,
  compute: (
    samples: Float32Array<ArrayBuffer>,
    options: TimeCase["options"],
  ) => { data: Float32Array; shape: readonly number[] },
): void {
  const mine = cases.filter((one) => one.feature === feature);
  assert.ok(mine.length >= atLeast, `${feature} has ${mine.length} cases`);
  for (const { signal, options, shape, unknown, summary, at, values } of mine) {
    const name = `${feature}(${signal}, ${JSON.stringify(options)})`;
    const actual = compute(timeSignal(signal), options);
    assert.deepEqual(actual.shape, shape, name);
    const { relative, ofPeak = 0, absolute = 0 } = tolerance;
    const slack = absolute + ofPeak * Math.max(Math.abs(summary[0]), Math.abs(summary[1]));
    const compare = (value: number, expected: number, scale: number, what: string) => {
      assert.ok(
        Math.abs(value - expected) <= relative * Math.abs(scale) + slack,
        `${name}, ${what}: ${value} is not ${expected}`,
      );
    };
    at.forEach((i, k) => compare(actual.data[i], values[k], values[k], `value ${i}`));
    // A mean may be the small difference of large values, whose errors it has.
    const scales = [summary[0], summary[1], summary[3], summary[3]];
    const known = actual.data.filter((_, i) => !unknown.includes(i));
    summarise(known).forEach((value, k) => {
      compare(value, summary[k], scales[k], `summary ${k}`);
    });
  }
}

function summarise(data: Float32Array): [number, number, number, number] {
  let low = Infinity, high = -Infinity, sum = 0, squares = 0;
  for (const value of data) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    squares += value * value;
  }
  return [low, high, sum / data.length, Math.sqrt(squares / data.length)];
}
