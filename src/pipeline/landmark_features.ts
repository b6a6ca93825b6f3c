import { LANDMARK_DESCRIPTORS } from "../vision/landmarks/describe_face.ts";
import { landmarkSequence } from "../vision/landmarks/landmark_sequence.ts";
import {
  LANDMARK_STATISTICS,
  landmarkStatistics,
} from "../vision/landmarks/landmark_statistics.ts";
import type { RunConfig } from "./config.ts";
import type { ExtractedSample } from "./extract.ts";
import type { FeatureData } from "./fold.ts";
import { trackOfTensors } from "./landmark_entry.ts";
import { sharedFeatures } from "./shared_features.ts";
import type { FeatureStore } from "./store.ts";

/**
 * The geometry of every sample's face: statistics over its clip, and the descriptors of every frame.
 * Reads one sample's landmarks at a time.
 */
export async function landmarkFeatures(
  store: FeatureStore,
  samples: readonly ExtractedSample[],
  { seconds, fps }: RunConfig,
): Promise<Record<"landmarks" | "landmark-sequence", FeatureData>> {
  const frames = Math.round(seconds * fps);
  const channels = LANDMARK_DESCRIPTORS.length;
  const statistics = sharedFeatures(samples.length, LANDMARK_STATISTICS.length);
  const sequences = sharedFeatures(samples.length, frames * channels, channels);
  for (const [row, { picture, sample }] of samples.entries()) {
    const entry = picture && await store.get(picture);
    if (!entry) throw new Error(`the store has lost the landmarks of ${sample.id}; run again`);
    const track = trackOfTensors(entry.tensors);
    statistics.data.set(landmarkStatistics(track), row * statistics.width);
    sequences.data.set(landmarkSequence(track, { frames, fps }), row * sequences.width);
  }
  return { landmarks: statistics, "landmark-sequence": sequences };
}
