import type { FeatureName } from "../../features/registry.ts";
import type { Recipe } from "./recipe.ts";

/**
 * One network that sees how voice and face run together: a small transformer a modality, each attending to the
 * other. It learns to do without either, and its rows on one modality are of the same network.
 */
export const ATTENTION = {
  name: "attention",
  description: "voice and face as sequences, transformers that attend to each other",
  onRequest: true,
  features: { audio: ["whisper-frames", "log-mel"], video: ["landmark-sequence", "face"] },
  normalisations: ["own"],
  classifiers: [],
  deciders: { audio: "attention", video: "attention", fused: "attention" },
  late: false,
  joint: true,
  joins: "frames",
} as const satisfies Recipe<FeatureName>;
