import type { SavedModel } from "../../classify/model_state.ts";
import type { SampleTable } from "../../evaluate/sample_table.ts";
import type { Fitters } from "./fits/fitters.ts";
import type { Normalisation } from "./normalisation.ts";

/** How {@linkcode normalise} works. */
export interface NormaliseOptions {
  /** Name of the features, for the ledger. */
  readonly name: string;
  /** What is normalised by. */
  readonly how: Normalisation;
  /** Numbers a frame: the same number of every frame shares its statistics. */
  readonly channels: number;
  /** Samples that may be learned from. */
  readonly train: Int32Array;
  /** How statistics are taken. */
  readonly fitters: Pick<Fitters, "scaler" | "speakerStatistics">;
}

/** Normalised features. */
export interface Normalised {
  /** The features [samples, features]. */
  readonly table: SampleTable;
  /** What was fitted for them; undefined where nothing was. */
  readonly state?: SavedModel;
  /** What the reader of the results should know, if anything. */
  readonly warning?: string;
}

/**
 * Brings each channel to mean 0 and deviation 1: over the training samples (`train`), or over each
 * speaker's own samples (`own`), training or test alike, which uses no label. `none` changes nothing.
 */
export function normalise(x: SampleTable, options: NormaliseOptions): Normalised {
  const { name, how, channels, train, fitters } = options;
  if (how === "none") return { table: x };
  const normaliser = how === "train"
    ? x.learn(
      { name: `${name} scaler`, kind: "scaler" },
      train,
      (set) => fitters.scaler(set, channels),
    )
    : x.learn(
      { name: `${name} speaker statistics`, kind: "speaker-statistics" },
      train,
      (set) => fitters.speakerStatistics(set, channels),
    );
  const { state, warning } = normaliser;
  return { table: x.transform(normaliser), state, warning };
}
