/** What emotion is recognised from, in the order of features, seeds and tables: the voice and the face. */
export const MODALITIES = ["audio", "video"] as const;

/** One of the things that emotion is recognised from. */
export type Modality = typeof MODALITIES[number];

/** What one model sees: one modality, or all of them together. */
export type Seen = Modality | "fused";

/** Which modalities a run uses: all of them (`av`), or one alone. */
export type RunModality = "av" | Modality;

/**
 * The modalities that a run uses, in their order.
 *
 * @example
 * ```ts
 * import { modalitiesOf } from "./modality.ts";
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(modalitiesOf("av"), ["audio", "video"]);
 * assert.deepEqual(modalitiesOf("video"), ["video"]);
 * ```
 */
export function modalitiesOf(run: RunModality): readonly Modality[] {
  return run === "av" ? MODALITIES : [run];
}
