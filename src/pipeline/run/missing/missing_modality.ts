import type { PairedDifference } from "../../../evaluate/paired_difference.ts";
import type { Modality } from "../../../modality.ts";
import type { RowName } from "../row_name.ts";

/** One fused row of the table where some samples lack a modality. */
export interface MissingRow extends RowName {
  /** UAR of all test samples, with both modalities of each. */
  readonly complete: number;
  /** UAR of all test samples, of which some lack the modality. */
  readonly uar: number;
  /** 95 % interval of that UAR by a bootstrap over speakers; null of one speaker. */
  readonly uarCi95: readonly [low: number, high: number] | null;
  /** What is lost, `complete` less `uar`, with interval and p of the same bootstrap. */
  readonly loss: PairedDifference;
}

/** What fused rows lose where some test samples lack a modality. */
export interface MissingModality {
  /** What is missing. */
  readonly modality: Modality;
  /** Share of the test samples that lack it. */
  readonly share: number;
  /** Number of test samples that lack it, drawn by the run's seed, the same for all rows. */
  readonly n: number;
  /** Rows of attention and of decision fusion. */
  readonly rows: readonly MissingRow[];
}
