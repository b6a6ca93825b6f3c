import { asCalled, isCalledAsTask } from "../runtime/invocation.ts";
import { isBucketPlace } from "../pipeline/store/bucket/bucket_place.ts";
import type { OpenPlan, Stage } from "./plan.ts";
import { placesOf } from "./plan_places.ts";

/** A shard of a stage. */
export interface ShardName {
  /** The stage. */
  readonly stage: Stage;
  /** Number of the shard, from 0. */
  readonly shard: number;
}

/**
 * The command that does a shard of a plan, or collects it where none is named, as it is typed into a shell.
 *
 * @param store The feature store in use.
 */
export function planCommand(open: OpenPlan, store: string, shard?: ShardName): string {
  // By name one program does both; a clone has a task of its own that may reach a bucket.
  const bucket = isBucketPlace(store) && isCalledAsTask() ? ":bucket" : "";
  // Who works on the plan finds its store where the plan names it, or it is in its folder.
  const known = placesOf(open, { workers: 1 }, open.dir).store === store;
  const dir = shellWord(open.dir);
  const how = shard
    ? `deno task work${bucket} ${dir} --stage ${shard.stage} --shard ${shard.shard}`
    : `deno task collect${bucket} ${dir}`;
  const word = shellWord(store);
  return asCalled(
    known ? how : how.replace(/^deno task \S+/, (task) => `${task} --store ${word}`),
  );
}

/**
 * A word as shells read it.
 *
 * @example
 * ```ts
 * import { shellWord } from "./plan_command.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(shellWord("/share/plan-1"), "/share/plan-1");
 * assert.equal(shellWord("/my clips/Bob's"), "'/my clips/Bob'\\''s'");
 * ```
 */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
