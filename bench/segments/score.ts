import type { Segment } from "../../src/segment/speech_segments.ts";

/** How much of what was found is right, and how much of what is right was found, from 0 to 1. */
export interface Score {
  /** Share of what was found that is right. */
  readonly precision: number;
  /** Share of what is right that was found. */
  readonly recall: number;
  /** Their harmonic mean. */
  readonly f1: number;
}

function score(right: number, found: number, wanted: number): Score {
  const precision = found === 0 ? 0 : right / found;
  const recall = wanted === 0 ? 0 : right / wanted;
  return { precision, recall, f1: right === 0 ? 0 : 2 * precision * recall / (precision + recall) };
}

/** Frames a second that are compared. */
const RATE = 100;

/** Compares two lists of segments frame by frame, 100 a second, over `seconds`. */
export function frameScore(
  found: readonly Segment[],
  truth: readonly Segment[],
  seconds: number,
): Score {
  const [a, b] = [found, truth].map((segments) => {
    const frames = new Uint8Array(Math.ceil(seconds * RATE));
    for (const { start, end } of segments) {
      frames.fill(1, Math.round(start * RATE), Math.round(end * RATE));
    }
    return frames;
  });
  let [both, inA, inB] = [0, 0, 0];
  a.forEach((is, t) => {
    both += is & b[t];
    inA += is;
    inB += b[t];
  });
  return score(both, inA, inB);
}

/**
 * Compares the starts of two lists of segments, and their ends: each counts once, and is right where one of the other
 * list is no further than `tolerance` seconds from it.
 */
export function boundaryScore(
  found: readonly Segment[],
  truth: readonly Segment[],
  tolerance: number,
): Score {
  const right = matched(found.map((s) => s.start), truth.map((s) => s.start), tolerance) +
    matched(found.map((s) => s.end), truth.map((s) => s.end), tolerance);
  return score(right, 2 * found.length, 2 * truth.length);
}

/** How many of two ascending lists can be paired, each once. */
function matched(found: readonly number[], truth: readonly number[], tolerance: number): number {
  let [i, j, pairs] = [0, 0, 0];
  while (i < found.length && j < truth.length) {
    if (Math.abs(found[i] - truth[j]) <= tolerance) {
      pairs++;
      i++;
      j++;
    } else if (found[i] < truth[j]) i++;
    else j++;
  }
  return pairs;
}
