import { mean, moments, quantile, slope } from "./functionals.ts";
import { FRAME_RATE, type VoiceContours } from "./voice_contours.ts";

const QUANTILES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];
const STEP_QUANTILES = [0.1, 0.9];
const APERIODICITY_QUANTILES = [0.25, 0.5, 0.75];
const N_PARTS = 4;

/** With fewer voiced frames than this there is no pitch to speak of. */
const LEAST_VOICED = 5;

/** Semitones are counted from here, in Hz. */
const REFERENCE = 100;

/** What the numbers of {@linkcode pitchStatistics} are. */
export const PITCH_STATISTICS: readonly string[] = [
  "mean",
  "deviation",
  ...QUANTILES.map((q) => `quantile${q}`),
  "range",
  "slope",
  "steps.size",
  "steps.mean",
  "steps.deviation",
  ...STEP_QUANTILES.map((q) => `steps.quantile${q}`),
  ...Array.from({ length: N_PARTS }, (_, part) => `part${part + 1}`),
  "aperiodicity.mean",
  "aperiodicity.deviation",
  ...APERIODICITY_QUANTILES.map((q) => `aperiodicity.quantile${q}`),
].map((name) => `pitch.${name}`);

/**
 * Statistics of the pitch over the voiced frames, in semitones above 100 Hz, freed of single jumps by a
 * median of five: mean, deviation, quantiles, range (5 % to 95 %), slope in semitones a second, the
 * steps from one voiced frame to the next (their mean size tells jitter), the means of four parts; and
 * how far voiced frames are from periodic, which tells a breathy or harsh voice. All are 0 where fewer than
 * five frames are voiced.
 */
export function pitchStatistics({ pitch, aperiodicity, voiced }: VoiceContours): number[] {
  const frames = Float64Array.from(voiced.keys()).filter((t) => voiced[t]);
  if (frames.length < LEAST_VOICED) return PITCH_STATISTICS.map(() => 0);
  const tones = medianOfFive(frames.map((t) => 12 * Math.log2(pitch[t] / REFERENCE)));
  const steps = tones.slice(1).map((tone, i) => tone - tones[i])
    .filter((_, i) => frames[i + 1] === frames[i] + 1);
  const stepsOrNone = steps.length > 0 ? steps : new Float64Array(1);
  const [sorted, sortedSteps] = [tones.toSorted(), stepsOrNone.toSorted()];
  const noise = frames.map((t) => aperiodicity[t]);
  const sortedNoise = noise.toSorted();
  return [
    ...moments(tones),
    ...QUANTILES.map((q) => quantile(sorted, q)),
    quantile(sorted, 0.95) - quantile(sorted, 0.05),
    slope(tones, frames.map((t) => t / FRAME_RATE)),
    mean(stepsOrNone.map(Math.abs)),
    ...moments(stepsOrNone),
    ...STEP_QUANTILES.map((q) => quantile(sortedSteps, q)),
    ...Array.from({ length: N_PARTS }, (_, part) =>
      mean(tones.subarray(
        Math.floor(part * tones.length / N_PARTS),
        Math.floor((part + 1) * tones.length / N_PARTS),
      ))),
    ...moments(noise),
    ...APERIODICITY_QUANTILES.map((q) => quantile(sortedNoise, q)),
  ];
}

/** Each value replaced by the median of it and its four neighbours; the ends are repeated. */
function medianOfFive(values: Float64Array): Float64Array {
  const last = values.length - 1;
  const at = (i: number) => values[Math.min(Math.max(i, 0), last)];
  return values.map((_, i) =>
    Float64Array.from([at(i - 2), at(i - 1), at(i), at(i + 1), at(i + 2)]).sort()[2]
  );
}
