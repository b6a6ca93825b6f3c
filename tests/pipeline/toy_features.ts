import type { FeatureSetOf } from "../../src/features/feature_set.ts";
import type { Recipe } from "../../src/pipeline/recipes/recipe.ts";

/** A feature set of a test: how loud a clip is in each of eight parts. It counts how often it is computed. */
export class Loudness implements FeatureSetOf<"sound"> {
  readonly name = "loudness";
  readonly modality = "audio";
  readonly needs = "sound";
  readonly stage = "loudness/1";
  computed = 0;

  size(): number {
    return 8;
  }

  compute({ samples }: { samples: Float32Array }): { data: Float32Array } {
    this.computed++;
    const length = Math.floor(samples.length / 8);
    return {
      data: Float32Array.from({ length: 8 }, (_, part) => {
        const own = samples.subarray(part * length, (part + 1) * length);
        return Math.sqrt(own.reduce((sum, sample) => sum + sample * sample, 0) / length);
      }),
    };
  }
}

/** A recipe of a test, on {@linkcode Loudness} alone. */
export const LOUD: Recipe = {
  name: "loud",
  description: "how loud a clip is, and one classifier",
  features: { audio: ["loudness"] },
  normalisations: ["train"],
  classifiers: ["lda"],
  deciders: {
    audio: "logistic-regression",
    video: "logistic-regression",
    fused: "logistic-regression",
  },
  late: false,
  joins: "columns",
};
