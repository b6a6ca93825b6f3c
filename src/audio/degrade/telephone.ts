import { biquad, filterSound } from "./biquad.ts";
import type { Degradation } from "./degradation.ts";

/** The bend of the curve by which telephones round: ITU-T G.711. */
const MU = 255;

/** Steps of eight bits to either side of silence. */
const STEPS = 127;

/** A telephone line: 300 to 3400 Hz (two filters of second order a side), rounded to eight bits by the law mu. */
export const telephone: Degradation = (samples, { sampleRate }) => {
  const low = biquad("high-pass", { frequency: 300, sampleRate });
  const high = biquad("low-pass", { frequency: 3400, sampleRate });
  return filterSound(samples, [low, low, high, high]).map((x) => {
    const bent = Math.log1p(MU * Math.min(1, Math.abs(x))) / Math.log1p(MU);
    const rounded = Math.round(bent * STEPS) / STEPS;
    return Math.sign(x) * (Math.expm1(rounded * Math.log1p(MU)) / MU);
  });
};
