import { findClips, remarksOf, type RunSettings } from "../../pipeline/run/find_inputs.ts";
import { splitSamples } from "../../pipeline/samples/split_samples.ts";
import type { PlanSource } from "./plan_source.ts";
import { isListAlone, sourceOfList } from "./source_of_list.ts";
import { sampleSeconds } from "./sample_seconds.ts";

/**
 * The samples of a run, with all that can be checked before a clip is decoded. A list without filters and the like is
 * read row by row, and held as little as can be; of all else the samples are found as the run itself finds them.
 *
 * @throws As `findClips` does.
 */
export async function findSource(settings: RunSettings): Promise<PlanSource> {
  const listed = isListAlone(settings) ? await sourceOfList(settings) : undefined;
  if (listed) return listed;
  const inputs = await findClips(settings);
  const { config, protocol, places, found: { samples, classes, corpus, skipped } } = inputs;
  return {
    places,
    count: samples.length,
    seconds: samples.reduce((sum, sample) => sum + sampleSeconds(sample, config.seconds), 0),
    folds: splitSamples(config, protocol, samples, classes, corpus).map(({ name }) => name),
    remarks: remarksOf(inputs),
    left: { count: skipped.length, first: skipped },
    samples: () => samples,
  };
}
