import type { RunPlaces } from "../../pipeline/config.ts";
import { findClips, remarksOf, type RunSettings } from "../../pipeline/run/find_inputs.ts";
import type { Sample } from "../../pipeline/samples/samples.ts";
import { splitSamples } from "../../pipeline/samples/split_samples.ts";
import { isListAlone, sourceOfList } from "./source_of_list.ts";
import { sampleSeconds } from "./sample_seconds.ts";

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
  /** They, in the order of the run. */
  samples(): Iterable<Sample> | AsyncIterable<Sample>;
}

/**
 * The samples of a run, with all that can be checked before a clip is decoded. A list without filters and the like is
 * read row by row, and held as little as can be; of all else the samples are found as the run itself finds them.
 *
 * @throws As `findClips` does.
 */
export async function planSource(settings: RunSettings): Promise<PlanSource> {
  const listed = isListAlone(settings) ? await sourceOfList(settings) : undefined;
  if (listed) return listed;
  const inputs = await findClips(settings);
  const { config, protocol, places, found: { samples, classes, corpus } } = inputs;
  return {
    places,
    count: samples.length,
    seconds: samples.reduce((sum, sample) => sum + sampleSeconds(sample, config.seconds), 0),
    folds: splitSamples(config, protocol, samples, classes, corpus).map(({ name }) => name),
    remarks: remarksOf(inputs),
    samples: () => samples,
  };
}
