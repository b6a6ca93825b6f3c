import assert from "node:assert/strict";
import { readWavFile } from "./fixtures.ts";
import { timeSignal } from "./time_signals.ts";

/** One result of make_librosa_spectral.py. */
export interface SpectralCase {
  /** The function's name, in camelCase. */
  readonly feature: string;
  /** The signal's name. */
  readonly signal: string;
  /** How many of its samples are taken. Default: all. */
  readonly take?: number;
  /** Samples a second, in Hz. */
  readonly sampleRate: number;
  /** The function's options. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Rows and columns of the result. */
  readonly shape: readonly number[];
  /** Where the result hangs on rounding, so that it is left out of all that follows. */
  readonly unknown: readonly number[];
  /** Least and greatest value, mean and root mean square of the result. */
  readonly summary: readonly [number, number, number, number];
  /** Where values were taken. */
  readonly at: readonly number[];
  /** The values there. */
  readonly values: readonly number[];
  /** The greatest magnitudes in the frames of those values. */
  readonly scales?: readonly number[];
}

const folder = new URL("../fixtures/librosa_spectral/", import.meta.url);
const cases: readonly SpectralCase[] = JSON.parse(
  Deno.readTextFileSync(new URL("cases.json", folder)),
  // JSON has no infinity.
  (_, value) => value === "Infinity" ? Infinity : value,
);
const speech = readWavFile(new URL("speech.wav", folder));
const shout = timeSignal("loud").map((value) => value * 32768);

function signalOf({ signal, take }: SpectralCase): Float32Array<ArrayBuffer> {
  const whole = signal === "speech" ? speech : signal === "shout" ? shout : timeSignal(signal);
  return whole.slice(0, take);
}

/** How far a result may be from librosa's: the sum of the parts. */
export interface Tolerance {
  /** As a part of each value. Default: 0. */
  readonly relative?: number;
  /** As a part of the greatest magnitude in the frame. Default: 0. */
  readonly ofPeak?: number;
  /** In the result's unit. Default: 0. */
  readonly absolute?: number;
}

/** A result: rows of values, one a frame, one row after the other. */
export interface Rows {
  /** The values. */
  readonly data: Float32Array;
  /** Number of rows and of columns. */
  readonly shape: readonly number[];
}

/**
 * Compares every result that librosa gave for `feature` with what `compute` returns. There must be at
 * least `atLeast` of them.
 */
export function assertLikeLibrosa(
  feature: string,
  atLeast: number,
  { relative = 0, ofPeak = 0, absolute = 0 }: Tolerance,
  compute: (samples: Float32Array<ArrayBuffer>, one: SpectralCase) => Rows,
): void {
  const mine = cases.filter((one) => one.feature === feature);
  assert.ok(mine.length >= atLeast, `${feature} has ${mine.length} cases`);
  for (const one of mine) {
    const { signal, take, options, shape, unknown, summary, at, values, scales } = one;
    const name = `${feature}(${signal}${take ? ` ${take}` : ""}, ${JSON.stringify(options)})`;
    const actual = compute(signalOf(one), one);
    assert.deepEqual(actual.shape, shape, name);
    const peak = Math.max(Math.abs(summary[0]), Math.abs(summary[1]));
    const compare = (
      what: string,
      value: number,
      expected: number,
      size: number,
      framePeak: number,
    ) => {
      const error = Math.abs(value - expected);
      assert.ok(
        error <= relative * size + ofPeak * framePeak + absolute,
        `${name}, ${what}: ${value} is not ${expected}, the error is ${error}`,
      );
    };
    at.forEach((i, k) => {
      const expected = values[k];
      compare(`value ${i}`, actual.data[i], expected, Math.abs(expected), scales?.[k] ?? peak);
    });
    const known = actual.data.filter((_, i) => !unknown.includes(i));
    // Means may be small differences of large values: they have the errors of those.
    const sizes = [summary[0], summary[1], summary[3], summary[3]].map(Math.abs);
    summarise(known).forEach((value, k) => {
      compare(`summary ${k}`, value, summary[k], sizes[k], peak);
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
