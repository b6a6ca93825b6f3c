import type { RunPlaces } from "../../pipeline/config.ts";
import type { SkippedFile } from "../../corpus/clip.ts";
import type { Sample } from "../../pipeline/samples/samples.ts";

/** The samples of a plan before they are divided: known in number, and given one after the other. */
export interface PlanSource {
  /** The places of the run, with the corpora that folders turned out to be of. */
  readonly places: RunPlaces;
  /** How many samples there are. */
  readonly count: number;
  /** Seconds of media that are decoded for them, as far as that is known beforehand. */
  readonly seconds: number;
  /** Names of the folds. */
  readonly folds: readonly string[];
  /** What people should know of the inputs, a line each. */
  readonly remarks: readonly string[];
  /** What is left out: how much that is, and the first of it. */
  readonly left: { readonly count: number; readonly first: readonly SkippedFile[] };
  /** They, in the order of the run. */
  samples(): Iterable<Sample> | AsyncIterable<Sample>;
}
