import type { RowMetrics } from "../evaluate/row_metrics.ts";

/** Fewest speakers (or takes) that a bootstrap can learn from how far they differ. */
export const MIN_CLUSTERS = 10;

/**
 * The 95 % interval of a row's UAR as far as it can be believed; undefined where it would promise more
 * than is known. A bootstrap of few speakers is too narrow, and one of a row that is always right has no
 * width at all, be it of seven clips.
 */
export function uarInterval(
  { uar, uarCi95, nClusters }: RowMetrics,
): readonly [number, number] | undefined {
  return uarCi95 !== null && nClusters >= MIN_CLUSTERS && uar < 1 ? uarCi95 : undefined;
}
