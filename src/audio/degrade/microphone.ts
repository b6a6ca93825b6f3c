import { biquad, filterSound } from "./biquad.ts";
import type { Degradation } from "./degradation.ts";

/** Peaks and dips of a microphone and what surrounds it. */
const PEAKS = 4;

/** How high and low they are at most, in dB. */
const HEIGHT = 9;

/**
 * Another microphone: four wide peaks or dips of up to 9 dB between 80 Hz and nine tenths of half of the sample rate,
 * evenly by octaves, and what lies below 60 to 200 Hz cut.
 */
export const otherMicrophone: Degradation = (samples, { sampleRate, random }) => {
  const [low, high] = [Math.log(80), Math.log(0.45 * sampleRate)];
  const peaks = Array.from({ length: PEAKS }, () =>
    biquad("peak", {
      frequency: Math.exp(random.uniform(low, high)),
      sampleRate,
      q: random.uniform(0.3, 1.5),
      gain: random.uniform(-HEIGHT, HEIGHT),
    }));
  const cut = biquad("high-pass", { frequency: random.uniform(60, 200), sampleRate });
  return filterSound(samples, [cut, ...peaks]);
};
