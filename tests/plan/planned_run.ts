import assert from "node:assert/strict";
import { join } from "node:path";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import type { OpenPlan, Stage } from "../../src/plan/plan.ts";
import { shardsOf } from "../../src/plan/plan.ts";
import { workShard } from "../../src/plan/work_shard.ts";

/** Workers that say soon that they live, and are soon taken for dead. */
export const HASTY = { beat: 100, silence: 1500 };

/** A small run. */
export function smallRun(more: Partial<RunConfig> = {}): RunConfig {
  return {
    ...DEFAULT_CONFIG,
    protocol: "speaker-independent",
    seconds: 1,
    fps: 2,
    modality: "audio",
    recipes: planRecipes(["statistics"], ["train"]),
    ...more,
  };
}

/** Does all shards of a stage, the last first: their order is no matter. */
export async function workAll(open: OpenPlan, stage: Stage): Promise<void> {
  for (const { shard } of shardsOf(open.plan, stage).toReversed()) {
    assert(await workShard(open, { stage, shard }, { workers: 2, patience: HASTY }));
  }
}

/** What two runs with the same results have alike: results but for the provenance, predictions and models, by file. */
export async function outcome(dir: string): Promise<Record<string, unknown>> {
  const text = (file: string) => Deno.readTextFile(join(dir, file));
  const { provenance: _, ...results } = JSON.parse(await text("results.json"));
  const found: Record<string, unknown> = { results, predictions: await text("predictions.json") };
  for await (const fold of Deno.readDir(join(dir, "models"))) {
    for await (const { name } of Deno.readDir(join(dir, "models", fold.name))) {
      const file = join("models", fold.name, name);
      const bytes = await Deno.readFile(join(dir, file));
      found[file] = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
    }
  }
  return found;
}

/** Copies a folder with everything below it. */
export async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to);
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    await (isDirectory ? copyFolder : Deno.copyFile)(join(from, name), join(to, name));
  }
}
