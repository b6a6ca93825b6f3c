import type { FeatureName } from "../../features/registry.ts";
import type { Recipe } from "./recipe.ts";

/**
 * Networks that see how a clip runs: a 2-D CNN on the log-mel spectrogram of the voice, a 1-D CNN over
 * time on the face and on both joined frame by frame, and every rule of fusion on them.
 */
export const SPECTROGRAM = {
  name: "spectrogram",
  description: "log-mel spectrograms and face sequences, convolutional networks",
  onRequest: true,
  features: { audio: ["log-mel"], video: ["landmark-sequence", "face"] },
  normalisations: ["own"],
  classifiers: [],
  deciders: { audio: "cnn2d", video: "cnn-sequence", fused: "cnn-sequence" },
  late: true,
  joins: "frames",
} as const satisfies Recipe<FeatureName>;
