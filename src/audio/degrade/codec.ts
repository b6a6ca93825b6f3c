import { biquad, filterSound } from "./biquad.ts";
import type { Degradation } from "./degradation.ts";

/** How fast the level is followed, in seconds. */
const FOLLOWED = 0.01;

/**
 * What a codec of few bits leaves: nothing above a cut-off, drawn between 2500 and 7000 Hz, and noise that follows the
 * sound, 12 to 25 dB below it. No codec in particular.
 */
export const fewBits: Degradation = (samples, { sampleRate, random }) => {
  const most = Math.min(7000, 0.45 * sampleRate);
  const frequency = Math.exp(random.uniform(Math.log(2500), Math.log(most)));
  const cut = biquad("low-pass", { frequency, sampleRate });
  const loss = 10 ** (-random.uniform(12, 25) / 20);
  const memory = Math.exp(-1 / (FOLLOWED * sampleRate));
  let power = 0;
  const noisy = samples.map((x) => {
    power = memory * power + (1 - memory) * x * x;
    return x + loss * Math.sqrt(power) * random.normal();
  });
  return filterSound(noisy, [cut, cut]);
};
