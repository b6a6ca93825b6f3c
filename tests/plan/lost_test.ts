import assert from "node:assert/strict";
import { join } from "node:path";
import { makePlan } from "../../src/plan/make_plan.ts";
import type { OpenPlan } from "../../src/plan/plan.ts";
import { PlanError } from "../../src/plan/plan_error.ts";
import { readShard } from "../../src/plan/shard_result.ts";
import { workShard } from "../../src/plan/work_shard.ts";
import { StoreError } from "../../src/pipeline/store/store_error.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { withFolder } from "../with_folder.ts";
import { HASTY, smallRun, workAll } from "./planned_run.ts";

const work = { workers: 2, patience: HASTY };
const extract = { stage: "extract", shard: 0 } as const;

/** A plan on the voices of the synthetic corpus whose only extraction shard is done. */
async function extracted(dir: string): Promise<OpenPlan> {
  const data = await syntheticCorpus(2);
  const open = await makePlan(smallRun(), { data }, { dir: join(dir, "plan"), shards: 1 });
  await workAll(open, "extract");
  return open;
}

Deno.test("what the store has lost, or another store lacks, is named, and extract puts it there again", () =>
  withFolder(async (dir) => {
    const open = await extracted(dir);
    const lacks = (error: Error) =>
      error instanceof StoreError &&
      /the store .* lacks the sound of .*\.mp4: /.test(error.message);
    const folds = { stage: "folds", shard: 0 } as const;
    const other = { ...work, store: join(dir, "other") };
    await assert.rejects(workShard(open, folds, other), lacks);
    await Deno.remove(join(open.dir, "store"), { recursive: true });
    await assert.rejects(workShard(open, folds, work), lacks);

    assert.equal(await workShard(open, extract, work), true);
    assert.equal(await workShard(open, extract, work), false);
    assert.equal(await workShard(open, folds, work), true);
  }));

Deno.test("the result of a shard that lost lines, or the end of one, is refused, and extract writes it again", () =>
  withFolder(async (dir) => {
    const open = await extracted(dir);
    const file = join(open.dir, "extracted", "0.jsonl");
    const text = await Deno.readTextFile(file);
    const lines = text.trimEnd().split("\n");
    const samples = Array(open.plan.samples.count).fill({});
    const damages = [
      [lines.slice(0, -1).join("\n"), /has 11 samples of 12/],
      [lines[0], /has 0 samples of 12/],
      [text.slice(0, -20), /a line is no JSON/],
      [lines[0].slice(0, -20), /a line is no JSON/],
    ] as const;
    for (const [damaged, says] of damages) {
      await Deno.writeTextFile(file, damaged);
      await assert.rejects(
        readShard(open.dir, 0, samples),
        (error: Error) => error instanceof PlanError && says.test(error.message),
      );
      assert.equal(await workShard(open, extract, work), true);
    }
    assert.equal((await readShard(open.dir, 0, samples))?.extraction.extracted.length, 12);
  }));
