import type { FeatureSetOf } from "./feature_set.ts";

/** Rounding of times must not move a frame, in frames. */
const SAME = 1e-6;

/**
 * The tutorial's face features: the units of a head that was fitted to embeddings of frames, for every
 * frame at an even rate, frame after frame (120 x 21 = 2520 numbers with the tutorial's settings). The
 * last frame is repeated for shorter clips, longer ones are cut.
 */
export const FACE = {
  name: "face",
  modality: "video",
  needs: "head",
  frames: { channels: ({ units }) => units },
  size: ({ frames, units }) => frames * units,
  compute({ rows, featureSize, fps, head }, { frames, fps: rate, units }) {
    const values = head.features(rows);
    const last = rows.length / featureSize - 1;
    const data = new Float32Array(frames * units);
    for (let i = 0; i < frames; i++) {
      const from = Math.min(last, Math.floor(i * fps / rate + SAME)) * units;
      data.set(values.subarray(from, from + units), i * units);
    }
    return { data };
  },
} as const satisfies FeatureSetOf<"head">;
