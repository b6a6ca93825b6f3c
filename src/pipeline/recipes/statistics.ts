import type { FeatureName } from "../../features/registry.ts";
import type { Recipe } from "./recipe.ts";

/**
 * Statistics over a clip (of the voice; of the facial geometry, or of the face embeddings) with
 * regularised classifiers, by training and by speaker normalisation.
 */
export const STATISTICS = {
  name: "statistics",
  description: "statistics of voice and face over a clip, regularised classifiers",
  features: { audio: ["speech", "voice"], video: ["landmarks", "face-statistics"] },
  normalisations: ["train", "own"],
  classifiers: ["lda-shrinkage", "logistic-regression", "svm-rbf-grid"],
  c: { "logistic-regression": 0.01, ensemble: 0.01 },
  deciders: { audio: "ensemble", video: "ensemble", fused: "ensemble" },
  late: false,
  joins: "columns",
} as const satisfies Recipe<FeatureName>;
