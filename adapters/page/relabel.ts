import type { Prediction } from "../../src/recognize/prediction.ts";
import { giveLabel } from "../../src/recognize/sure/uncertain.ts";

/**
 * A prediction with the label that it has at another least confidence; nothing is computed anew.
 *
 * @param labels The model's.
 * @param minConfidence From 0 to 1; 0 for none.
 *
 * @example
 * ```ts
 * import { relabel } from "./relabel.ts";
 * import type { Prediction } from "../../src/recognize/prediction.ts";
 * import assert from "node:assert/strict";
 *
 * const prediction = { label: "angry", probabilities: { calm: 0.4, angry: 0.6 }, used: ["audio"] };
 * const { label, likeliest } = relabel(prediction as unknown as Prediction, ["calm", "angry"], 0.7);
 * assert.deepEqual([label, likeliest], ["uncertain", "angry"]);
 * ```
 */
export function relabel<Given extends Prediction>(
  prediction: Given,
  labels: readonly string[],
  minConfidence: number,
): Given {
  // Where nothing could be recognised there is no likeliest label either.
  if (prediction.used.length === 0) return prediction;
  const shares = Float64Array.from(labels, (label) => prediction.probabilities[label]);
  return { ...prediction, ...giveLabel(labels, shares, minConfidence) };
}
