import type { Dsp } from "../audio/dsp.ts";
import { mfcc } from "../audio/mfcc.ts";
import { padSamples } from "../media/pad.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureData } from "./fold.ts";
import { readSound } from "./read_sound.ts";
import { sharedFeatures } from "./shared_features.ts";
import type { FeatureStore } from "./store.ts";

/**
 * The tutorial's voice features: one row a sample, the MFCCs of its padded sound, coefficient by
 * coefficient (40 x 63 = 2520 numbers with the tutorial's settings). Reads one sample's sound at a time.
 */
export async function mfccFeatures(
  dsp: Dsp,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  { seconds, sampleRate, mfcc: preset }: RunConfig,
): Promise<FeatureData> {
  let features: FeatureData | undefined;
  for (const [row, sample] of samples.entries()) {
    const padded = padSamples(await readSound(store, sample), { seconds, sampleRate });
    const { data } = mfcc(dsp, padded, { sampleRate, preset });
    features ??= sharedFeatures(samples.length, data.length);
    features.data.set(data, row * features.width);
  }
  return features ?? sharedFeatures(0, 0);
}
