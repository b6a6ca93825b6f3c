import type { Dsp } from "../audio/dsp.ts";
import { VOICE_STATISTICS, voiceStatistics } from "../audio/voice_statistics.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureData } from "./fold.ts";
import { readSound } from "./read_sound.ts";
import { sharedFeatures } from "./shared_features.ts";
import type { FeatureStore, StageKey } from "./store.ts";

/**
 * Statistics of the voice of every sample, at its own length. They take tens of milliseconds each, so
 * they are kept in the store; the number that ends the stage is that of their code.
 */
export async function voiceFeatures(
  dsp: Dsp,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  sampleRate: number,
): Promise<FeatureData> {
  const features = sharedFeatures(samples.length, VOICE_STATISTICS.length);
  for (const [row, sample] of samples.entries()) {
    const key: StageKey = { ...sample.sound!, stage: "voice/2" };
    const kept = await store.get(key);
    const data = kept
      ? kept.tensors.statistics.data as Float32Array
      : voiceStatistics(dsp, await readSound(store, sample), { sampleRate });
    if (!kept) await store.put(key, { statistics: { shape: [data.length], data } });
    features.data.set(data, row * features.width);
  }
  return features;
}
