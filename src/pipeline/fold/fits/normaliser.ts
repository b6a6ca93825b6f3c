import type { SavedModel } from "../../../classify/model_state.ts";
import type { Transformer } from "../../../evaluate/sample_rows.ts";

/** What brings features to mean 0 and deviation 1. */
export interface Normaliser extends Transformer {
  /** What was learned. */
  readonly state: SavedModel;
  /** What the reader of the results should know, if anything. */
  readonly warning?: string;
}
