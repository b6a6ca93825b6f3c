import { countedRows } from "../nn/counted_rows.ts";
import { frameStatistics } from "../nn/frame_statistics.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureData } from "./fold.ts";
import { sharedFeatures } from "./shared_features.ts";
import type { FeatureStore } from "./store.ts";

/**
 * Statistics of the face embeddings of every sample: mean and deviation of each channel over the
 * clip's own frames that count, without the repeated ones that pad it. Reads one sample's embeddings at a time.
 */
export async function faceStatistics(
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  channels: number,
): Promise<FeatureData> {
  const features = sharedFeatures(samples.length, 2 * channels);
  for (const [row, { picture, sample }] of samples.entries()) {
    const entry = picture && await store.get(picture);
    if (!entry) throw new Error(`the store has lost the picture of ${sample.id}; run again`);
    const { embeddings: { data, shape: [, featureSize] }, counts } = entry.tensors;
    const rows = countedRows(data as Float32Array, counts.data as Uint8Array);
    const statistics = frameStatistics(rows, featureSize, channels);
    features.data.set(statistics, row * features.width);
  }
  return features;
}
