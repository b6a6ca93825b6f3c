import { type AttemptRecord, readAttempts, SILENCE } from "./workers/attempt.ts";
import { type OpenPlan, shardsOf, type Stage, STAGES } from "./plan.ts";
import { readSummary, type ShardTime } from "./shard_result.ts";
import { readStepSummary } from "./step_result.ts";

/** How a shard stands. */
export interface ShardStatus {
  /** Its number, from 0. */
  readonly shard: number;
  /**
   * `waiting` for its first attempt, `running`, `silent` (begun, and not heard of for so long that it must have been
   * killed), `failed`, or `done`.
   */
  readonly state: "waiting" | "running" | "silent" | "failed" | "done";
  /** Samples or steps done, and their number, as the last attempt says. */
  readonly done: number;
  /** Their number. */
  readonly total: number;
  /** How long the attempt took that completed it, or the last has taken until now, in seconds. */
  readonly seconds: number;
  /** The machine of that attempt; empty where there was none. */
  readonly host: string;
  /** How many attempts there were. */
  readonly attempts: number;
  /** Why the last attempt failed. */
  readonly reason?: string;
}

/** Something that went wrong, and how often. */
export interface FailureCount {
  /** Why, in one line. */
  readonly reason: string;
  /** How often. */
  readonly count: number;
}

/** How a plan stands. */
export interface PlanStatus {
  /** The shards of each stage, in their order. */
  readonly stages: Readonly<Record<Stage, readonly ShardStatus[]>>;
  /** Why attempts failed, the most frequent reason first, those whose shard was done later among them. */
  readonly failures: readonly FailureCount[];
  /** Why files were skipped in shards that are done, the most frequent reason first. */
  readonly skipped: readonly FailureCount[];
}

/**
 * How a plan stands, read from what its workers write: nobody has to be asked.
 *
 * @param now The time, in milliseconds since 1970.
 */
export async function planStatus(open: OpenPlan, now = Date.now()): Promise<PlanStatus> {
  const { dir, plan } = open;
  const attempts = await readAttempts(dir);
  const skipped: string[] = [];
  const stages: Record<Stage, ShardStatus[]> = { extract: [], folds: [] };
  for (const stage of STAGES) {
    const ofShard = Map.groupBy(
      attempts.filter((attempt) => attempt.stage === stage),
      ({ shard }) => shard,
    );
    for (const { shard } of shardsOf(plan, stage)) {
      let time: ShardTime | undefined;
      if (stage === "extract") {
        const summary = await readSummary(dir, shard);
        skipped.push(...summary?.skipped.map(({ reason }) => reason) ?? []);
        time = summary?.time;
      } else time = (await readStepSummary(dir, shard))?.time;
      stages[stage].push(statusOf(shard, ofShard.get(shard) ?? [], time, now));
    }
  }
  return {
    stages,
    failures: counted(attempts.flatMap(({ reason }) => reason === undefined ? [] : [reason])),
    skipped: counted(skipped),
  };
}

function statusOf(
  shard: number,
  attempts: readonly AttemptRecord[],
  time: ShardTime | undefined,
  now: number,
): ShardStatus {
  // Of two at once the one that gets on.
  const last = attempts.findLast(({ state }) => state === "running" && !time) ?? attempts.at(-1);
  const { done = 0, total = 0, seconds = 0, host = "", reason } = last ?? {};
  const known = { shard, done, total, seconds, host, attempts: attempts.length };
  if (time) {
    // An attempt that found everything done tells no number.
    const all = attempts.findLast(({ total }) => total > 0)?.total ?? 0;
    return { ...known, ...time, done: all, total: all, state: "done" };
  }
  if (!last) return { ...known, state: "waiting" };
  if (last.state === "failed") return { ...known, state: "failed", reason };
  const isSilent = now - Date.parse(last.heard) > SILENCE;
  return { ...known, state: isSilent ? "silent" : "running" };
}

/** Reasons with their number, the most frequent first. */
function counted(reasons: readonly string[]): FailureCount[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Array.from(counts, ([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count);
}
