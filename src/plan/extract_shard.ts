import { describeNetworks } from "../pipeline/extract/run_networks.ts";
import { extractCorpus } from "../pipeline/extract/extract_corpus.ts";
import { wantedSets } from "../pipeline/extract/wanted_sets.ts";
import type { RunPlaces } from "../pipeline/config.ts";
import { openStore } from "../pipeline/store/open_store.ts";
import { checkReadable } from "./check_readable.ts";
import { checkWeights } from "./check_weights.ts";
import type { ExtractShard, OpenPlan } from "./plan.ts";
import { readSamples } from "./samples/read_samples.ts";
import { isShardKept, writeShard } from "./shard_result.ts";
import type { ShardWork } from "./shard_work.ts";

/**
 * Decodes and embeds the clips of a shard into the store, and writes down what they gave. What the store has already is
 * taken from there, clip by clip: a shard that was killed goes on, and of two at the same shard each does what the
 * other does not. A shard that was done is done again if the store has lost something of it, or is another.
 *
 * @returns Whether there was anything left to do.
 *
 * @throws {PlanError} If weights are no longer those of the plan, or a clip is not there any more.
 * @throws As `extractCorpus` does.
 */
export async function extractShard(
  open: OpenPlan,
  shard: ExtractShard,
  places: RunPlaces,
  { attempt, claims, onProgress }: ShardWork,
): Promise<boolean> {
  const { dir, plan } = open;
  const store = await openStore(places);
  if (await isShardKept(dir, shard.shard, store)) return false;
  const { config, networks } = await describeNetworks(plan.config, places);
  checkWeights(open, networks);
  const samples = await readSamples(open, shard);
  const extraction = await extractCorpus(config, places, {
    samples,
    store,
    networks,
    sets: wantedSets(config),
    claim: (file) => claims.take(`clip ${file}`),
    onProgress(done, total, cached) {
      attempt.progress(done, total, cached);
      onProgress?.(done, total, cached);
    },
  });
  await checkReadable(samples, extraction.skipped);
  const time = { host: attempt.host, seconds: attempt.seconds };
  await writeShard(dir, shard, samples, { extraction, time });
  return true;
}
