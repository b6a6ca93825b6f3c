import { LANDMARK_LEVELS, landmarkLevels } from "../vision/landmarks/landmark_levels.ts";
import { EXPRESSION_PEAKS } from "./expression_peaks.ts";
import type { FeatureSetOf } from "./feature_set.ts";

/**
 * What a face shows most in a clip, by a backbone that tells expressions ({@linkcode EXPRESSION_PEAKS}), and where its
 * brows, eyes, nose, mouth and jaw are meanwhile ({@linkcode landmarkLevels}): two views of the same looks.
 */
export const EXPRESSION_GEOMETRY = {
  name: "expression-geometry",
  modality: "video",
  needs: "embeddings+landmarks",
  names: (settings) => [...EXPRESSION_PEAKS.names(settings), ...LANDMARK_LEVELS],
  size: (settings) => EXPRESSION_PEAKS.size(settings) + LANDMARK_LEVELS.length,
  compute(given, settings) {
    const peaks = EXPRESSION_PEAKS.compute(given, settings).data;
    const data = new Float32Array(peaks.length + LANDMARK_LEVELS.length);
    data.set(peaks);
    data.set(landmarkLevels(given.track), peaks.length);
    return { data };
  },
} as const satisfies FeatureSetOf<"embeddings+landmarks">;
