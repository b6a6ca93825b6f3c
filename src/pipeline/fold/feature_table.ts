import type { SampleTable } from "../../evaluate/sample_table.ts";
import type { FrameLayout } from "./join_frames.ts";

/** A feature set of every sample. */
export interface FeatureTable extends FrameLayout {
  /** The features [samples, features]. */
  readonly table: SampleTable;
  /** Widths of the blocks of columns from which classifiers learn apart, where there are several. */
  readonly blocks?: readonly number[];
  /**
   * Which numbers of a frame change their sign where the picture is mirrored, counted from 0.
   *
   * @default {it is not known}
   */
  readonly mirrored?: readonly number[];
}
