import { createHash } from "node:crypto";
import { type Extraction, joinExtractions } from "../pipeline/extract/extract.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import { IncompletePlanError, missingShards } from "./missing_shards.ts";
import type { OpenPlan } from "./plan.ts";
import { readShard, type ShardTime } from "./shard_result.ts";

/** What all extraction shards gave together. */
export interface PlannedExtraction {
  /** As if one machine had done it. */
  readonly extraction: Extraction;
  /** Who did each shard, in their order. */
  readonly times: readonly ShardTime[];
  /** SHA-256 of what it is, whoever did it, and when. */
  readonly hash: string;
}

/**
 * Reads what the extraction shards of a plan gave.
 *
 * @param samples All samples of the plan.
 * @param store The feature store in use.
 *
 * @throws {IncompletePlanError} If one is not done.
 */
export async function plannedExtraction(
  open: OpenPlan,
  samples: readonly Sample[],
  store: string,
): Promise<PlannedExtraction> {
  const { dir, plan } = open;
  const parts: Extraction[] = [];
  const times: ShardTime[] = [];
  const hash = createHash("sha256");
  for (const { shard } of plan.extract) {
    const result = await readShard(dir, shard, samples);
    if (!result) {
      throw new IncompletePlanError(open, await missingShards(open, ["extract"]), store);
    }
    parts.push(result.extraction);
    times.push(result.time);
    hash.update(result.sha256);
  }
  return { extraction: joinExtractions(parts), times, hash: hash.digest("hex") };
}
