import type { SavedModel } from "../../classify/model_state.ts";
import type { FitKind } from "../../evaluate/fit_ledger.ts";
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
  readonly fitters: Pick<Fitters, "scaler" | "speakerStatistics" | "corpusStatistics">;
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
 * speaker's (`own`) or corpus's (`corpus`) own samples, training or test alike, which uses no label. `none` changes
 * nothing.
 */
export function normalise(x: SampleTable, options: NormaliseOptions): Normalised {
  const { name, how, channels, train, fitters } = options;
  if (how === "none") return { table: x };
  const ways: Record<typeof how, { readonly kind: FitKind; readonly fit: Fitters["scaler"] }> = {
    train: { kind: "scaler", fit: fitters.scaler },
    own: { kind: "speaker-statistics", fit: fitters.speakerStatistics },
    corpus: { kind: "corpus-statistics", fit: fitters.corpusStatistics },
  };
  const { kind, fit } = ways[how];
  const what = { name: `${name} ${kind.replace("-", " ")}`, kind };
  const normaliser = x.learn(what, train, (set) => fit(set, channels));
  const { state, warning } = normaliser;
  return { table: x.transform(normaliser), state, warning };
}
