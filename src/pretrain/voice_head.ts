import type { ModelName } from "../classify/registry.ts";

/** What tells emotions by the features `speech` in the model that comes with Emofuse. */
export const VOICE_HEAD = {
  /** The classifier: one a block of features, pooled. */
  model: "lda-shrinkage",
  /** Inverse strength of its penalty, where it has one. */
  c: 0.001,
  /** How many degraded versions of every sound it is fitted to, beside the sound itself. */
  versions: 1,
} as const satisfies { model: ModelName; c: number; versions: number };
