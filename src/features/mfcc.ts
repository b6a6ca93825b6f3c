import { mfcc } from "../audio/mfcc.ts";
import { resolveMfccOptions } from "../audio/mfcc_options.ts";
import { padSamples } from "../media/pad.ts";
import type { FeatureSetOf } from "./feature_set.ts";
import type { SoundSettings } from "./needs.ts";

/** Coefficients and frames of the padded sound. */
function shapeOf({ sampleRate, seconds, mfcc: preset }: SoundSettings): [number, number] {
  const samples = Math.round(seconds * sampleRate);
  const settings = resolveMfccOptions({ sampleRate, preset });
  const { hopLength, winLength, nMfcc } = settings;
  const frames = settings.preset === "textbook"
    ? 1 + Math.max(0, Math.ceil((samples - winLength) / hopLength))
    : 1 + Math.floor(samples / hopLength);
  return [nMfcc, frames];
}

/**
 * The tutorial's voice features: the MFCCs of the padded sound, coefficient by coefficient (40 x 63 =
 * 2520 numbers with the tutorial's settings).
 */
export const MFCC = {
  name: "mfcc",
  modality: "audio",
  needs: "sound",
  names(settings) {
    const [coefficients, frames] = shapeOf(settings);
    const length = coefficients * frames;
    return Array.from({ length }, (_, i) => `${Math.floor(i / frames)}_${i % frames}`);
  },
  size(settings) {
    const [coefficients, frames] = shapeOf(settings);
    return coefficients * frames;
  },
  compute({ dsp, samples }, { sampleRate, seconds, mfcc: preset }) {
    const padded = padSamples(samples, { seconds, sampleRate });
    return { data: mfcc(dsp, padded, { sampleRate, preset }).data };
  },
} as const satisfies FeatureSetOf<"sound">;
