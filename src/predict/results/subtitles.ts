import type { ResultFormat } from "./result_format.ts";

/** Parts of one recording as SubRip subtitles: label and probability while each lasts. */
export const SRT_RESULTS: ResultFormat = {
  timed: true,
  async *format(_card, results) {
    let number = 0;
    for await (const { from, to, text } of cues(results, ",")) {
      yield `${++number}\n${from} --> ${to}\n${text}\n\n`;
    }
  },
};

/** Parts of one recording as WebVTT (W3C), which a page's `<track>` shows. */
export const VTT_RESULTS: ResultFormat = {
  timed: true,
  async *format(_card, results) {
    yield "WEBVTT\n\n";
    for await (const { from, to, text } of cues(results, ".")) {
      yield `${from} --> ${to}\n${text}\n\n`;
    }
  },
};

/** What is shown, and when; parts of which nothing is said have no cue. */
async function* cues(results: Parameters<ResultFormat["format"]>[1], point: string) {
  for await (const { parts } of results) {
    for (const part of parts) {
      if ("reason" in part || part.start === undefined) continue;
      const { label, probabilities } = part.prediction;
      const share = Math.max(...Object.values(probabilities));
      yield {
        from: cueTime(part.start, point),
        to: cueTime(part.end!, point),
        text: `${label} ${(100 * share).toFixed(0)} %`,
      };
    }
  }
}

/**
 * A time as subtitles write it: hours, minutes, seconds and, after `point`, milliseconds.
 *
 * @example
 * ```ts
 * import { cueTime } from "./subtitles.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(cueTime(3661.5, ","), "01:01:01,500");
 * assert.equal(cueTime(59.9999, "."), "00:01:00.000");
 * ```
 */
export function cueTime(seconds: number, point: string): string {
  const all = Math.round(seconds * 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const clock = [all / 3_600_000, all / 60_000 % 60, all / 1000 % 60].map(two).join(":");
  return `${clock}${point}${String(all % 1000).padStart(3, "0")}`;
}
