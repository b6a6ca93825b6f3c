import { PROTOCOLS } from "../split/protocols/registry.ts";
import type { RunConfig } from "../pipeline/config.ts";
import { findSamples, type SamplePlaces } from "../pipeline/samples/find_samples.ts";

/**
 * The protocol by which a model for new people should be judged: of those that allow no leak the one
 * that asks most of the number of speakers, as far as there are as many.
 *
 * @throws {CorpusError} If the folder of clips cannot be used.
 * @throws {ClassError} If fewer than two classes have enough clips.
 */
export async function chooseProtocol(
  config: RunConfig,
  places: SamplePlaces,
): Promise<string> {
  const { samples } = await findSamples(config, places, { mergeTwins: true });
  const speakers = new Set(samples.map(({ speaker }) => speaker)).size;
  const honest = PROTOCOLS.filter(({ listsLeaks }) => !listsLeaks);
  const chosen = honest.reduce((best, other) =>
    other.fewestSpeakers <= speakers && other.fewestSpeakers > best.fewestSpeakers ? other : best
  );
  return chosen.name;
}
