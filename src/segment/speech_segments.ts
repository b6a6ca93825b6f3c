/** A stretch of a recording, in seconds. */
export interface Segment {
  /** Where it begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

/** How segments are made of probabilities. */
export interface SegmentOptions {
  /**
   * Speech begins where the probability reaches this.
   *
   * @default {0.2}
   */
  readonly onset?: number;
  /**
   * It ends where the probability stays below this.
   *
   * @default {0.1}
   */
  readonly offset?: number;
  /**
   * Pauses shorter than this are part of what is said, in seconds.
   *
   * @default {0.5}
   */
  readonly leastPause?: number;
  /**
   * Shorter sounds are no speech, in seconds.
   *
   * @default {0.5}
   */
  readonly leastSpeech?: number;
  /**
   * What is added at both ends, as far as there is room, in seconds: voices begin and fade softly.
   *
   * @default {0.1}
   */
  readonly margin?: number;
  /**
   * Longer segments are cut where speech is least probable, in seconds.
   *
   * @default {Infinity}
   */
  readonly longest?: number;
}

/** Parts of a segment that is cut are at least this share of the longest one. */
const LEAST_SHARE = 0.4;

/** The pause that a cut looks for, in seconds. */
const CUT = 0.2;

/**
 * The segments of a recording in which somebody speaks, from how probable speech is along it. Two thresholds keep a
 * voice that wavers about one from being cut (hysteresis, as in Silero VAD's own `get_speech_timestamps`); what is too
 * short to be speech is dropped, pauses too short to part sentences are bridged, and what is longer than `longest` is
 * cut at its deepest pauses.
 *
 * The defaults were best on RAVDESS's speakers 1 to 9 with pauses, music and noise (`deno task bench segments` measures
 * them on others); the network's authors take 0.5 and 0.35, which miss soft voices in noise.
 *
 * @param probabilities From 0 to 1 [n].
 * @param rate Probabilities a second: the first is of the time from 0 on.
 *
 * @example
 * ```ts
 * import { speechSegments } from "./speech_segments.ts";
 * import assert from "node:assert/strict";
 *
 * // Ten probabilities a second: a second of silence, two of speech, one of silence.
 * const probabilities = Float32Array.from({ length: 40 }, (_, t) => t >= 10 && t < 30 ? 0.9 : 0);
 * const [segment] = speechSegments(probabilities, 10, { margin: 0.2 });
 * assert.deepEqual(segment, { start: 0.8, end: 3.2 });
 * assert.equal(speechSegments(probabilities, 10, { longest: 1.5 }).length, 2);
 * ```
 */
export function speechSegments(
  probabilities: Float32Array,
  rate: number,
  {
    onset = 0.2,
    offset = 0.1,
    leastPause = 0.5,
    leastSpeech = 0.5,
    margin = 0.1,
    longest = Infinity,
  }: SegmentOptions = {},
): Segment[] {
  const joined: [from: number, to: number][] = [];
  for (const run of speechRuns(probabilities, onset, offset)) {
    const last = joined.at(-1);
    if (last && (run[0] - last[1]) / rate < leastPause) last[1] = run[1];
    else joined.push(run);
  }
  const spoken = joined.filter(([from, to]) => (to - from) / rate >= leastSpeech);
  const smooth = smoothed(probabilities, Math.max(1, Math.round(CUT * rate)));
  const most = Math.max(2, Math.floor((longest - 2 * margin) * rate));
  const cut = spoken.flatMap((run) => cutRun(run, smooth, most));
  const end = probabilities.length / rate;
  return cut.map(([from, to], i) => {
    // Neighbours share the pause between them.
    const before = i === 0 ? 0 : (cut[i - 1][1] + from) / 2 / rate;
    const after = i + 1 === cut.length ? end : (to + cut[i + 1][0]) / 2 / rate;
    return {
      start: Math.max(before, from / rate - margin),
      end: Math.min(after, to / rate + margin),
    };
  });
}

/** Runs that begin at `onset` and last while the probability does not fall below `offset`. */
function speechRuns(
  probabilities: Float32Array,
  onset: number,
  offset: number,
): [from: number, to: number][] {
  const runs: [from: number, to: number][] = [];
  let from = -1;
  for (let t = 0; t <= probabilities.length; t++) {
    const p = t < probabilities.length ? probabilities[t] : -1;
    if (from < 0 && p >= onset) from = t;
    else if (from >= 0 && p < offset) {
      runs.push([from, t]);
      from = -1;
    }
  }
  return runs;
}

/** Cuts a run that is longer than `most` where speech is least probable, again and again. */
function cutRun(
  [from, to]: readonly [number, number],
  smooth: Float32Array,
  most: number,
): [from: number, to: number][] {
  if (to - from <= most) return [[from, to]];
  const least = Math.max(1, Math.floor(LEAST_SHARE * most));
  const last = Math.min(from + most, to - least);
  let at = Math.min(from + least, last);
  for (let t = at; t <= last; t++) if (smooth[t] <= smooth[at]) at = t;
  return [[from, at], ...cutRun([at, to], smooth, most)];
}

/** The mean of `width` values about each. */
function smoothed(values: Float32Array, width: number): Float32Array {
  const sums = new Float64Array(values.length + 1);
  values.forEach((value, t) => sums[t + 1] = sums[t] + value);
  return values.map((_, t) => {
    const from = Math.max(0, t - Math.floor(width / 2));
    const to = Math.min(values.length, from + width);
    return (sums[to] - sums[from]) / (to - from);
  });
}
