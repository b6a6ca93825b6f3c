import { clusterBootstrap } from "../../../evaluate/cluster_bootstrap.ts";
import { COUNT_STATISTICS } from "../../../evaluate/count_statistics.ts";
import { pairedBootstrap } from "../../../evaluate/paired_bootstrap.ts";
import { uar } from "../../../evaluate/uar.ts";
import { DECISION_FUSION_NAMES } from "../../../fusion/decision_rules.ts";
import { MODALITIES, type Modality } from "../../../modality.ts";
import { deriveSeed, Random } from "../../../numeric/random.ts";
import type { MissingModality, MissingRow } from "./missing_modality.ts";
import type { Predictions } from "../results.ts";
import { type RowName, rowNameOf } from "../row_name.ts";

/** Share of the test samples that lack a modality. */
const SHARE = 0.25;

/** What is known of the test samples of all folds, one after the other. */
export interface MissingOptions {
  /** True class of each [n]. */
  readonly truth: Int32Array;
  /** Number of classes. */
  readonly nClasses: number;
  /** What the bootstrap draws: speaker or take of each [n]. */
  readonly clusters: readonly string[];
  /** Seed of which samples lack a modality, and of the bootstrap. */
  readonly seed: number;
}

/**
 * What fused rows lose where a quarter of the test samples lack the voice, and where a quarter lack the face.
 * Attention then sees the other modality alone, and decision fusion falls back to the other modality's model alone:
 * both are rows of the table, from which the predictions of those samples are taken. Nothing for a run without
 * attention. Early, late and hybrid fusion cannot do without a modality.
 *
 * @param rows What every row says of every test sample.
 */
export function rateMissing(
  rows: Predictions["rows"],
  { truth, nClasses, clusters, seed }: MissingOptions,
): MissingModality[] {
  if (!rows.some(({ fusion }) => fusion === "attention")) return [];
  const fused = rows.filter(({ fusion }) =>
    fusion === "attention" || DECISION_FUSION_NAMES.some((name) => name === fusion)
  );
  return MODALITIES.map((modality): MissingModality => {
    const lacking = draw(truth.length, new Random(deriveSeed(seed, `missing ${modality}`)));
    const rated = fused.flatMap((row): MissingRow[] => {
      const alone = rows.find((other) => isWithout(other, row, modality));
      if (!alone) return [];
      const complete = Int32Array.from(row.predicted);
      const partly = complete.map((label, i) => lacking.has(i) ? alone.predicted[i] : label);
      const of = [nClasses, clusters, COUNT_STATISTICS.uar, { seed }] as const;
      return [{
        ...rowNameOf(row),
        complete: uar(truth, complete, nClasses),
        uar: uar(truth, partly, nClasses),
        uarCi95: clusterBootstrap(truth, partly, ...of),
        loss: pairedBootstrap(truth, complete, partly, ...of),
      }];
    });
    return { modality, share: SHARE, n: lacking.size, rows: rated };
  });
}

/** Numbers of the samples, of `n`, that lack a modality. */
function draw(n: number, random: Random): ReadonlySet<number> {
  return new Set(random.permutation(n).subarray(0, Math.round(SHARE * n)));
}

/** Whether `row` is what a fused row comes down to without `missing`. */
function isWithout(row: RowName, fused: RowName, missing: Modality): boolean {
  const at = missing === "audio" ? 1 : 0;
  const models = fused.model.split("+");
  const { modality, recipe, normalisation, fusion, features, model } = row;
  return modality === MODALITIES[at] && fusion === "none" && recipe === fused.recipe &&
    normalisation === fused.normalisation && model === (models[at] ?? models[0]) &&
    (at === 0
      ? fused.features.startsWith(`${features}+`)
      : fused.features.endsWith(`+${features}`));
}
