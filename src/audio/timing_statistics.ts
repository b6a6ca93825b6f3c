import { moments } from "./functionals.ts";
import { FRAME_RATE, type VoiceContours } from "./voice_contours.ts";

/** What the numbers of {@linkcode timingStatistics} are. */
export const TIMING_STATISTICS: readonly string[] = [
  "duration",
  "voicedShare",
  "pauseShare",
  "runsPerSecond",
  "run.mean",
  "run.deviation",
  "run.longest",
].map((name) => `timing.${name}`);

/**
 * How a voice divides its time: seconds from its first sound to its last, the shares of them that are
 * voiced and that are silent, and the runs of voiced frames, which are about syllables: how many a
 * second, and their mean, deviation and greatest length in seconds.
 */
export function timingStatistics({ active: [from, to], voiced, loud }: VoiceContours): number[] {
  const frames = to - from;
  const runs = voicedRuns(voiced);
  const lengths = Float64Array.from(runs.length > 0 ? runs : [0], (run) => run / FRAME_RATE);
  const count = (flags: readonly boolean[]) => flags.reduce((n, is) => n + (is ? 1 : 0), 0);
  return [
    frames / FRAME_RATE,
    count(voiced) / frames,
    1 - count(loud) / frames,
    runs.length * FRAME_RATE / frames,
    ...moments(lengths),
    Math.max(...lengths),
  ];
}

/** Lengths of the runs of voiced frames. */
function voicedRuns(voiced: readonly boolean[]): number[] {
  const runs: number[] = [];
  voiced.forEach((is, t) => {
    if (!is) return;
    if (t > 0 && voiced[t - 1]) runs[runs.length - 1]++;
    else runs.push(1);
  });
  return runs;
}
