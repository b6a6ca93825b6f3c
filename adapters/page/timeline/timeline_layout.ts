import type { TimedPrediction } from "../../../src/recognize/prediction.ts";

/** Height of a row, in CSS pixels. */
export const ROW = 22;
/** Room for the labels at the left, as a share of the width; the rest is the time. */
export const LEFT = 0.2;
/** Live, this much of the past stays to be seen, in seconds. */
export const SHOWN_SECONDS = 60;

/** A coloured field: how probable one emotion is in what was new in a window. */
export interface TimelineField {
  /** The emotion's number. */
  readonly row: number;
  /** Its left edge, as a share of the width. */
  readonly x: number;
  /** Its width, as a share of the whole width. */
  readonly width: number;
  /** The probability. */
  readonly share: number;
  /** Whether it is the label that was given. */
  readonly isGiven: boolean;
}

/** A mark of the time below the rows. */
export interface TimelineTick {
  /** Its place, as a share of the width. */
  readonly x: number;
  /** What stands there. */
  readonly text: string;
  /** Which end of the text is at the place. */
  readonly anchor: "start" | "middle" | "end";
}

/** Where everything of a timeline is drawn, whatever draws it. */
export interface TimelineLayout {
  /** The fields, in the order of the time. */
  readonly fields: readonly TimelineField[];
  /** The marks of the time. */
  readonly ticks: readonly TimelineTick[];
}

/**
 * Lays a timeline out: a row an emotion, a column a prediction.
 *
 * @param predictions In the order of their time.
 * @param seconds Length of the clip; undefined where it goes on: then the last minute is shown.
 *
 * @example
 * ```ts
 * import { layOutTimeline } from "./timeline_layout.ts";
 * import assert from "node:assert/strict";
 *
 * const { ticks } = layOutTimeline(["calm", "angry"], [], 4);
 * assert.deepEqual(ticks.map(({ text }) => text), ["0 s", "1 s", "2 s", "3 s", "4 s"]);
 * ```
 */
export function layOutTimeline(
  labels: readonly string[],
  predictions: readonly TimedPrediction[],
  seconds?: number,
): TimelineLayout {
  const until = seconds ?? Math.max(10, predictions.at(-1)?.end ?? 0);
  const from = seconds === undefined ? Math.max(0, until - SHOWN_SECONDS) : 0;
  const at = (time: number) => LEFT + (1 - LEFT) * (time - from) / (until - from);
  const fields = predictions.flatMap((prediction, i) => {
    // Where nothing could be recognised, nothing is drawn.
    if (prediction.end <= from || prediction.used.length === 0) return [];
    // Windows overlap: a field is what was new in its window.
    const x = at(Math.max(from, prediction.start, predictions[i - 1]?.end ?? 0));
    return labels.map((label, row) => ({
      row,
      x,
      width: at(prediction.end) - x,
      share: prediction.probabilities[label],
      isGiven: label === prediction.label,
    }));
  });
  const ticks = tickTimes(from, until).map((time) => ({
    x: at(time),
    text: `${time} s`,
    anchor: time === from ? "start" : time + 1e-9 > until ? "end" : "middle",
  } as const));
  return { fields, ticks };
}

/** Full seconds in steps that leave room for their numbers. */
function tickTimes(from: number, until: number): number[] {
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600].find((s) => (until - from) / s <= 6) ??
    Math.ceil((until - from) / 6);
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((until - first) / step) + 1 }, (_, i) => first + i * step);
}
