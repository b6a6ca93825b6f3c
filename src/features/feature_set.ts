import type { Need, Needs } from "./needs.ts";

/** The features of one clip. */
export interface Features {
  /** The numbers [size]. */
  readonly data: Float32Array;
  /**
   * Of a sequence: when its first frame is, in lengths of the window; below 0 where it lies before it.
   *
   * @default {0}
   */
  readonly start?: number;
}

/** How a set that is a sequence of frames is laid out, frame after frame. */
export interface FrameLayout<N extends Need> {
  /** Numbers a frame. */
  channels(settings: Needs[N]["settings"]): number;

  /**
   * From one frame to the next, in lengths of the window, where frames keep their own time.
   *
   * @default {the frames divide the window evenly}
   */
  step?(settings: Needs[N]["settings"]): number;

  /**
   * Which numbers of a frame change their sign where the picture is mirrored, counted from 0, if the others then
   * stay as they are.
   *
   * @default {it is not known}
   */
  mirrored?(settings: Needs[N]["settings"]): readonly number[];
}

/** A set of features that is computed from `N`, in a run and in a recogniser alike. */
export interface FeatureSetOf<N extends Need> {
  /** Its name in recipes, results and model cards. */
  readonly name: string;
  /** The modality that it describes. */
  readonly modality: Needs[N]["modality"];
  /** What it is computed from. */
  readonly needs: N;
  /**
   * Where it is worth keeping: name of a stage of the feature store and version of its code. Only for
   * what no setting but those of its source (lengths and rates) decides.
   *
   * @default {it is computed anew in every run}
   */
  readonly stage?: string;
  /**
   * Its layout, where it is a sequence of frames.
   *
   * @default {all numbers belong together}
   */
  readonly frames?: FrameLayout<N>;

  /**
   * What each number is [size], or, of a sequence, each number of a frame [channels]: names for tables, a word
   * each, which differ.
   *
   * @default {their places}
   */
  names?(settings: Needs[N]["settings"]): readonly string[];

  /** Numbers a clip. */
  size(settings: Needs[N]["settings"]): number;

  /**
   * Widths of the blocks of numbers that describe the clip in different ways, in their order: classifiers learn from
   * each of them apart.
   *
   * @default {all numbers are one block}
   */
  blocks?(settings: Needs[N]["settings"]): readonly number[];

  /** The features of one clip. */
  compute(given: Needs[N]["given"], settings: Needs[N]["settings"]): Features;
}

/** A set of features, told apart by `needs` and `modality`. */
export type FeatureSet = { readonly [N in Need]: FeatureSetOf<N> }[Need];
