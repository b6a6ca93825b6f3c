import { frameStatistics } from "../numeric/frame_statistics.ts";
import type { FeatureSetOf } from "./feature_set.ts";

/**
 * Statistics of the face embeddings: mean and deviation of each channel over the clip's own frames,
 * without the repeated ones that pad it.
 */
export const FACE_STATISTICS = {
  name: "face-statistics",
  modality: "video",
  needs: "embeddings",
  names: ({ channels }) =>
    ["mean", "deviation"].flatMap((of) => Array.from({ length: channels }, (_, k) => `${of}_${k}`)),
  size: ({ channels }) => 2 * channels,
  compute: ({ rows, featureSize }, { channels }) => ({
    data: frameStatistics(rows, featureSize, channels),
  }),
} as const satisfies FeatureSetOf<"embeddings">;
