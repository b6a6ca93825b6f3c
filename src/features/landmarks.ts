import {
  LANDMARK_STATISTICS,
  landmarkStatistics,
} from "../vision/landmarks/landmark_statistics.ts";
import type { FeatureSetOf } from "./feature_set.ts";

/** Statistics of the facial geometry over a clip. */
export const LANDMARKS = {
  name: "landmarks",
  modality: "video",
  needs: "landmarks",
  names: () => LANDMARK_STATISTICS,
  size: () => LANDMARK_STATISTICS.length,
  compute: ({ track }) => ({ data: landmarkStatistics(track) }),
} as const satisfies FeatureSetOf<"landmarks">;
