import type { ClipResult } from "../../../src/predict/results/result_format.ts";
import type { Prediction } from "../../../src/recognize/prediction.ts";

/** A prediction of calm or angry. */
export function prediction(calm: number, fields: Partial<Prediction> = {}): Prediction {
  const label = calm >= 0.5 ? "calm" : "angry";
  return {
    label,
    likeliest: label,
    probabilities: { calm, angry: 1 - calm },
    modalities: {},
    used: ["audio"],
    quality: [],
    warnings: [],
    ...fields,
  };
}

/** Results of three files: one whole, one in parts and one that failed. */
export const SOME: readonly ClipResult[] = [
  { clip: { file: "a.wav", path: "/c/a.wav" }, parts: [{ prediction: prediction(0.75) }] },
  {
    clip: { file: 'd/b, "x".wav', path: '/c/d/b, "x".wav' },
    parts: [
      { start: 0.5, end: 2.25, prediction: prediction(0.1, { warnings: ["it is loud", "so"] }) },
      { start: 3661, end: 3662.5, reason: "The sound is silent: nothing could be recognised" },
      { start: 3663, end: 3664, prediction: prediction(0.6, { used: ["audio", "video"] }) },
    ],
  },
  { clip: { file: "c.mp4", path: "/elsewhere/c.mp4" }, parts: [{ reason: "no such file" }] },
];

/** Results one after the other. */
export async function* oneByOne(results: readonly ClipResult[] = SOME): AsyncGenerator<ClipResult> {
  for (const result of results) yield await Promise.resolve(result);
}
