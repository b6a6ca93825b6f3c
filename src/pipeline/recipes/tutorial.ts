import type { FeatureName } from "../../features/registry.ts";
import type { Recipe } from "./recipe.ts";

/**
 * The tutorial's own models: flattened MFCCs and the values of the face head (or the flattened
 * landmark sequence) with scikit-learn's classifiers and 1-D CNNs, and every rule of fusion.
 */
export const TUTORIAL = {
  name: "tutorial",
  description: "flattened MFCCs and face features, classical models and 1-D CNNs",
  features: { audio: ["mfcc"], video: ["face", "landmark-sequence"] },
  normalisations: ["none"],
  keepsNormalisation: true,
  prefix: "",
  classifiers: ["gaussian-nb", "lda", "svm-linear", "svm-rbf"],
  deciders: { audio: "cnn1d", video: "cnn1d", fused: "cnn1d" },
  late: true,
  joins: "columns",
} as const satisfies Recipe<FeatureName>;
