import type { RowName } from "../../src/pipeline/run/results.ts";

/** A row of an invented run. */
export type FakeName = RowName & {
  /** Share of the samples that the model knows; the others it guesses. */
  skill: number;
};

/** The rows of an invented run: those of the tutorial, with its leaks, or more and without. */
export function fakeRows(honest: boolean): FakeName[] {
  const lift = honest ? 0 : 0.25;
  const rows: FakeName[] = [];
  const features = { audio: "mfcc", video: "face", fused: "mfcc+face" };
  const models = [["gaussian-nb", 0.2], ["lda", 0.28], ["svm-linear", 0.3], ["svm-rbf", 0.34], [
    "cnn1d",
    0.38,
  ]] as const;
  for (const modality of ["audio", "video", "fused"] as const) {
    for (const [model, skill] of models) {
      rows.push({
        modality,
        recipe: "tutorial",
        model,
        fusion: modality === "fused" ? "early" : "none",
        features: features[modality],
        normalisation: "none",
        skill: skill + lift + (modality === "fused" ? 0.08 : 0),
      });
    }
  }
  for (const fusion of ["late-concat", "late-sum", "late-product", "late-weighted"] as const) {
    rows.push({
      modality: "fused",
      recipe: "tutorial",
      model: "mlp",
      fusion,
      features: "mfcc+face",
      normalisation: "none",
      skill: 0.4 + lift,
    });
  }
  if (!honest) return rows;
  for (const [normalisation, gain] of [["train", 0], ["own", 0.13]] as const) {
    for (
      const [model, skill] of [["lda", 0.46], ["svm-linear", 0.49], ["svm-rbf", 0.52]] as const
    ) {
      rows.push(
        {
          modality: "audio",
          recipe: "statistics",
          model,
          fusion: "none",
          features: "voice",
          normalisation,
          skill: skill + gain,
        },
        {
          modality: "video",
          recipe: "statistics",
          model,
          fusion: "none",
          features: "landmarks",
          normalisation,
          skill: skill + gain + 0.12,
        },
      );
      for (
        const fusion of ["early", "decision-mean", "decision-product", "decision-stacking"] as const
      ) {
        rows.push({
          modality: "fused",
          recipe: "statistics",
          model,
          fusion,
          features: "voice+landmarks",
          normalisation,
          skill: skill + gain + 0.2,
        });
      }
    }
  }
  return rows;
}
