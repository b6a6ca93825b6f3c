import { LANDMARK_DESCRIPTORS, MIRRORED_DESCRIPTORS } from "../vision/landmarks/describe_face.ts";
import { landmarkSequence } from "../vision/landmarks/landmark_sequence.ts";
import type { FeatureSetOf } from "./feature_set.ts";

/** The descriptors of the facial geometry on every frame, frame after frame. */
export const LANDMARK_SEQUENCE = {
  name: "landmark-sequence",
  modality: "video",
  needs: "landmarks",
  frames: { channels: () => LANDMARK_DESCRIPTORS.length, mirrored: () => MIRRORED_DESCRIPTORS },
  names: () => LANDMARK_DESCRIPTORS,
  size: ({ frames }) => frames * LANDMARK_DESCRIPTORS.length,
  compute: ({ track }, { frames, fps }) => ({ data: landmarkSequence(track, { frames, fps }) }),
} as const satisfies FeatureSetOf<"landmarks">;
