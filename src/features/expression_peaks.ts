import type { FeatureSetOf } from "./feature_set.ts";

/** What part of the looks a peak is the mean of. */
const PEAK = 0.25;

/**
 * How strongly a clip shows each expression where it shows it most, by a backbone whose features are the logarithms
 * of class probabilities, of which the last is that of a neutral face: for each other class the mean over the
 * quarter of the looks in which log p(class) - log p(neutral) is largest. An expression lasts for a part of
 * a clip, whose other looks are neutral; a mean over all of them calls most clips neutral.
 */
export const EXPRESSION_PEAKS = {
  name: "expression-peaks",
  modality: "video",
  needs: "embeddings",
  names: ({ channels }) => Array.from({ length: channels - 1 }, (_, k) => `peak_${k}`),
  size: ({ channels }) => channels - 1,
  compute: ({ rows }, { channels }) => {
    const looks = rows.length / channels;
    const most = Math.max(1, Math.round(PEAK * looks));
    const data = new Float32Array(channels - 1);
    const odds = new Float32Array(looks);
    for (let c = 0; c < channels - 1; c++) {
      for (let look = 0; look < looks; look++) {
        odds[look] = rows[look * channels + c] - rows[(look + 1) * channels - 1];
      }
      const largest = odds.sort().subarray(looks - most);
      data[c] = largest.reduce((sum, value) => sum + value, 0) / most;
    }
    return { data };
  },
} as const satisfies FeatureSetOf<"embeddings">;
