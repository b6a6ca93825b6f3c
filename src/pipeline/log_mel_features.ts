import type { Dsp } from "../audio/dsp.ts";
import { LOG_MEL_FRAME_RATE, logMel } from "../audio/log_mel.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureData } from "./fold.ts";
import { readSound } from "./read_sound.ts";
import { sharedFeatures } from "./shared_features.ts";
import type { FeatureStore } from "./store.ts";

const FRAMES = 128;
const BANDS = 64;

/**
 * The log-mel spectrogram of every sample's voice, 128 frames of 64 bands around its middle, and where
 * in the clip they begin. Reads one sample's sound at a time.
 */
export async function logMelFeatures(
  dsp: Dsp,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  { sampleRate, seconds }: RunConfig,
): Promise<FeatureData> {
  const features = sharedFeatures(samples.length, FRAMES * BANDS, BANDS);
  const starts = new Float64Array(samples.length);
  for (const [row, sample] of samples.entries()) {
    const sound = await readSound(store, sample);
    const { data, start } = logMel(dsp, sound, { sampleRate, nMels: BANDS, nFrames: FRAMES });
    features.data.set(data, row * features.width);
    starts[row] = start / seconds;
  }
  return { ...features, times: { starts, step: 1 / (LOG_MEL_FRAME_RATE * seconds) } };
}
