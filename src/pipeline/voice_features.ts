import type { Dsp } from "../audio/dsp.ts";
import { mfcc } from "../audio/mfcc.ts";
import { padSamples } from "../media/pad.ts";
import { Matrix } from "../nn/matrix.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureStore } from "./store.ts";

/**
 * The voice features: one row a sample, the MFCCs of its padded sound, coefficient by coefficient
 * (40 x 63 = 2520 numbers with the tutorial's settings). Reads one sample's sound at a time.
 */
export async function voiceFeatures(
  dsp: Dsp,
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  { seconds, sampleRate, mfcc: preset }: RunConfig,
): Promise<Matrix> {
  let features: Matrix | undefined;
  for (const [row, { sound, sample }] of samples.entries()) {
    const entry = sound && await store.get(sound);
    if (!entry) throw new Error(`the store has lost the sound of ${sample.id}; run again`);
    const padded = padSamples(entry.tensors.samples.data as Float32Array, { seconds, sampleRate });
    const { data } = mfcc(dsp, padded, { sampleRate, preset });
    features ??= new Matrix(samples.length, data.length);
    features.row(row).set(data);
  }
  return features ?? new Matrix(0, 0);
}
