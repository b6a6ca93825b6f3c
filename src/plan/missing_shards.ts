import { type OpenPlan, type Stage, STAGES } from "./plan.ts";
import { planCommand, type ShardName } from "./plan_command.ts";
import { PlanError } from "./plan_error.ts";
import { readSummary } from "./shard_result.ts";
import { readStepSummary } from "./step_result.ts";

/** Parts of a plan are not done that something needs. */
export class IncompletePlanError extends PlanError {
  /** They. */
  readonly missing: readonly ShardName[];

  /**
   * Names what is missing in a plan.
   *
   * @param store The feature store in use.
   */
  constructor(open: OpenPlan, missing: readonly ShardName[], store: string) {
    const of = (stage: Stage) => missing.filter((shard) => shard.stage === stage);
    const lacks = STAGES.filter((stage) => of(stage).length > 0)
      .map((stage) => `${stage} ${ranges(of(stage).map(({ shard }) => shard))}`);
    const [first] = missing;
    super(
      `${open.dir}: not done yet: ${lacks.join("; ")}; ` +
        `${missing.length > 1 ? "the first of them" : "it"} is done by ${
          planCommand(open, store, first)
        }`,
    );
    this.missing = missing;
  }
}

/** The shards of a plan, or of one of its stages, that are not done. */
export async function missingShards(
  { dir, plan }: OpenPlan,
  stages: readonly Stage[] = STAGES,
): Promise<ShardName[]> {
  const missing: ShardName[] = [];
  const look = (stage: Stage, shard: number, done: boolean) => {
    if (!done) missing.push({ stage, shard });
  };
  if (stages.includes("extract")) {
    for (const { shard } of plan.extract) {
      look("extract", shard, await readSummary(dir, shard) !== undefined);
    }
  }
  if (stages.includes("folds")) {
    for (const { shard } of plan.folds) {
      look("folds", shard, await readStepSummary(dir, shard) !== undefined);
    }
  }
  return missing;
}

/**
 * Numbers as Slurm's arrays have them.
 *
 * @example
 * ```ts
 * import { ranges } from "./missing_shards.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(ranges([0, 1, 2, 5, 7, 8]), "0-2,5,7-8");
 * ```
 */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const n of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === n - 1) last[1] = n;
    else runs.push([n, n]);
  }
  return runs.map(([from, to]) => from === to ? `${from}` : `${from}-${to}`).join(",");
}
