import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describeFailure } from "../runtime/describe_failure.ts";
import type { RunConfig, RunPlaces } from "../pipeline/config.ts";
import { type CodeIdentity, codeIdentity } from "../pipeline/run/code_identity.ts";
import { malformedPart } from "./malformed_part.ts";
import { PlanError } from "./plan_error.ts";

/** Name and version of the layout of plans. */
export const PLAN_SCHEMA = "emofuse.plan/1";

/** What the work of a plan is divided into, in the order in which it is done. */
export const STAGES = ["extract", "folds"] as const;

/** One of the two stages of a plan. */
export type Stage = typeof STAGES[number];

/** Samples whose clips one worker decodes and embeds: lines of `samples.jsonl`, one after the other. */
export interface ExtractShard {
  /** Its number, from 0. */
  readonly shard: number;
  /** Number of its first sample, from 0. */
  readonly first: number;
  /** How many samples it has. */
  readonly samples: number;
  /** Seconds of media that are decoded for them, as far as that is known beforehand. */
  readonly seconds: number;
  /** Where its lines are in `samples.jsonl`, in bytes. */
  readonly bytes: readonly [start: number, end: number];
}

/** What one worker fits and tests: the models of one recipe in one fold. */
export interface FoldStep {
  /** Its number, from 0. */
  readonly shard: number;
  /** Name of the fold. */
  readonly fold: string;
  /** Name of the recipe. */
  readonly recipe: string;
  /** Numbers of the first of its recipe plans among those of the run, and of the one after the last. */
  readonly plans: readonly [from: number, to: number];
}

/** The content of `plan.json`: a run divided into work that many machines do. */
export interface Plan {
  /** Name and version of this layout. */
  readonly schema: typeof PLAN_SCHEMA;
  /** The code that the plan was made by, and that alone may follow it. */
  readonly code: CodeIdentity;
  /** The settings of the run, seed included. */
  readonly config: RunConfig;
  /** Where the inputs are; relative paths begin at the plan's folder. */
  readonly places: Omit<RunPlaces, "out" | "store" | "workers" | "corpora"> & {
    /** The feature store, where the plan says it. */
    readonly store?: string;
  };
  /** SHA-256 of the backbone's weights; null where no backbone is used. */
  readonly weights: string | null;
  /** SHA-256 of the trained ear's weights; null where none hears the sound. */
  readonly ear: string | null;
  /** The samples, whose lines are in `samples.jsonl`. */
  readonly samples: {
    /** How many there are. */
    readonly count: number;
    /** Seconds of media that are decoded for them, as far as that is known beforehand. */
    readonly seconds: number;
    /** SHA-256 of `samples.jsonl`. */
    readonly sha256: string;
  };
  /** What the stage `extract` is divided into. */
  readonly extract: readonly ExtractShard[];
  /** What the stage `folds` is divided into. */
  readonly folds: readonly FoldStep[];
}

/** A plan and the folder that it lies in. */
export interface OpenPlan {
  /** Absolute path of the folder. */
  readonly dir: string;
  /** What it says. */
  readonly plan: Plan;
}

/** The file of a plan that says what is to be done. */
export function planFile(dir: string): string {
  return join(dir, "plan.json");
}

/** The file of a plan with a line a sample. */
export function samplesFile(dir: string): string {
  return join(dir, "samples.jsonl");
}

/**
 * Reads the plan in a folder.
 *
 * @param dir Absolute path of the folder.
 *
 * @throws {PlanError} If there is none, it is of another version of this layout, or malformed.
 */
export async function readPlan(dir: string): Promise<OpenPlan> {
  let plan: Partial<Plan> | null;
  try {
    plan = JSON.parse(await readFile(planFile(dir), "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "plan.json is no JSON" : describeFailure(error);
    throw new PlanError(`${dir} cannot be read as a plan: ${reason}`, { cause: error });
  }
  if (plan?.schema !== PLAN_SCHEMA) {
    throw new PlanError(
      `${dir} is no plan of this version of Emofuse: its schema is ` +
        `${JSON.stringify(plan?.schema)}, not "${PLAN_SCHEMA}"`,
    );
  }
  const malformed = malformedPart(plan);
  if (malformed === undefined) return { dir, plan: plan as Plan };
  throw new PlanError(
    `${dir} cannot be read as a plan: "${malformed}" in plan.json is not as a plan has it; plan again`,
  );
}

/**
 * Refuses to follow a plan with other code than that which made it: results of two versions cannot be pooled.
 *
 * @throws {PlanError} If the code, its packages or the runtime are others; the message says which.
 */
export async function checkCode({ dir, plan: { code: then } }: OpenPlan): Promise<void> {
  const now = await codeIdentity();
  const what = now.version !== then.version
    ? `Emofuse ${now.version}, the plan was made by ${then.version}`
    : now.sha256 !== then.sha256
    ? `another code of Emofuse ${now.version} than the plan was made by (SHA-256 ${
      now.sha256.slice(0, 12)
    }, then ${then.sha256.slice(0, 12)})`
    : now.dependencies !== then.dependencies
    ? "Emofuse with other packages than the plan was made by: deno.lock is another"
    : now.runtime !== then.runtime
    ? `${now.runtime}, the plan was made by ${then.runtime}`
    : undefined;
  if (what === undefined) return;
  throw new PlanError(`${dir}: this is ${what}; plan again, or work with what it was made by`);
}

/** The shards of a stage. */
export function shardsOf(plan: Plan, stage: Stage): readonly (ExtractShard | FoldStep)[] {
  return stage === "extract" ? plan.extract : plan.folds;
}
