import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import { findSamples } from "../pipeline/find_samples.ts";

/** Speakers below this make folds over speakers say more of who was drawn than of the model. */
const ENOUGH_SPEAKERS = 4;

/**
 * The protocol by which a model for new people should be judged: folds over speakers, or over
 * takes where there are too few speakers for that.
 *
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 */
export async function chooseProtocol(
  config: RunConfig,
  places: Pick<RunPlaces, "data" | "corpora" | "landmarks">,
): Promise<"speaker-independent" | "performance-independent"> {
  const { samples } = await findSamples(config, places, true);
  const speakers = new Set(samples.map(({ speaker }) => speaker)).size;
  return speakers >= ENOUGH_SPEAKERS ? "speaker-independent" : "performance-independent";
}
