import assert from "node:assert/strict";
import { join } from "node:path";
import { collectPlan } from "../../src/plan/collect_plan.ts";
import { IncompletePlanError, missingShards } from "../../src/plan/missing_shards.ts";
import { planStatus } from "../../src/plan/plan_status.ts";
import { makePlan } from "../../src/plan/make_plan.ts";
import type { OpenPlan } from "../../src/plan/plan.ts";
import { PlanError } from "../../src/plan/plan_error.ts";
import { readShard } from "../../src/plan/shard_result.ts";
import { workShard } from "../../src/plan/work_shard.ts";
import { StoreError } from "../../src/pipeline/store/store_error.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { withFolder } from "../with_folder.ts";
import { copyFolder, HASTY, outcome, smallRun, workAll } from "./planned_run.ts";

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
      [lines.slice(0, -1).join("\n"), /another SHA-256/],
      [[...lines.slice(0, -1), lines[2]].join("\n"), /another SHA-256/],
      [text.replace('"silent":false', '"silent":true'), /another SHA-256/],
      [lines[0], /another SHA-256/],
      [text.replace('"shard":0', '"shard":1'), /does not begin with what is told of the shard 0/],
      ["null\n", /does not begin with/],
      [lines[0].slice(0, -20), /a line is no JSON/],
    ] as const;
    for (const [damaged, says] of damages) {
      assert.notEqual(damaged, text);
      await Deno.writeTextFile(file, damaged);
      await assert.rejects(
        readShard(open.dir, 0, samples),
        (error: Error) => error instanceof PlanError && says.test(error.message),
      );
      // As far as its first line, which alone is read for that, can tell.
      const isTold = says.source === "another SHA-256";
      assert.equal((await missingShards(open, ["extract"])).length, isTold ? 0 : 1);
      assert.equal((await planStatus(open)).stages.extract[0].state === "done", isTold);
      assert.equal(await workShard(open, extract, work), true);
    }
    assert.equal((await readShard(open.dir, 0, samples))?.extraction.extracted.length, 12);
  }));

Deno.test("a step that is damaged in whatever way is named, and done again", () =>
  withFolder(async (dir) => {
    const open = await extracted(dir);
    await workAll(open, "folds");
    const collect = (to: string) => collectPlan(open, { out: join(dir, to), workers: 1 });
    await collect("whole");
    const wanted = await outcome(join(dir, "whole"));
    const step = join(open.dir, "steps", "0");
    const result = join(step, "result.safetensors");
    const [fold] = Array.from(Deno.readDirSync(join(step, "models")), ({ name }) => name);
    const [model] = Array.from(Deno.readDirSync(join(step, "models", fold)), ({ name }) => name);
    const damages = [
      () => Deno.remove(result),
      () => Deno.truncate(result, 100),
      async () => {
        const bytes = await Deno.readFile(result);
        bytes[bytes.length - 5] ^= 0x40;
        await Deno.writeFile(result, bytes);
      },
      () => Deno.truncate(join(step, "models", fold, model), 50),
      () => Deno.remove(join(step, "models"), { recursive: true }),
      () => Deno.writeTextFile(join(step, "step.json"), ""),
      () => Deno.remove(join(step, "step.json")),
      () => Deno.remove(step, { recursive: true }),
    ];
    for (const [i, damage] of damages.entries()) {
      await damage();
      await assert.rejects(collect("damaged"), (error: Error) => {
        assert(error instanceof IncompletePlanError, `${i}: ${error}`);
        assert.deepEqual(error.missing, [{ stage: "folds", shard: 0 }]);
        return true;
      });
      await planStatus(open);
      assert.equal(await workShard(open, { stage: "folds", shard: 0 }, work), true, `${i}`);
      assert.equal(await workShard(open, { stage: "folds", shard: 0 }, work), false);
    }
    await collect("again");
    assert.deepEqual(await outcome(join(dir, "again")), wanted);
  }));

Deno.test("a clip that is not there for a while is waited for, and steps of what was extracted before are done again", () =>
  withFolder(async (dir) => {
    const data = join(dir, "clips");
    await copyFolder(await syntheticCorpus(2), data);
    const open = await makePlan(smallRun(), { data }, { dir: join(dir, "plan"), shards: 1 });
    const clip = join(data, "Actor_01", "01-01-02-01-01-01-01.mp4");
    const bytes = await Deno.readFile(clip);
    await Deno.remove(clip);
    await assert.rejects(
      workShard(open, extract, work),
      (error: Error) =>
        error instanceof PlanError && error.message.startsWith(`${clip} cannot be read: `),
    );
    await Deno.writeTextFile(clip, "no film");
    assert.equal(await workShard(open, extract, work), true);
    await workAll(open, "folds");

    await Deno.writeFile(clip, bytes);
    await Deno.remove(join(open.dir, "extracted", "0.jsonl"));
    assert.equal(await workShard(open, extract, work), true);
    await assert.rejects(
      collectPlan(open, { out: join(dir, "run"), workers: 1 }),
      (error: Error) =>
        error instanceof IncompletePlanError && error.missing.length === open.plan.folds.length,
    );
    await workAll(open, "folds");
    const { prepared } = await collectPlan(open, { out: join(dir, "run"), workers: 1 });
    assert(prepared);
  }));

Deno.test("a sign of life that cannot be read stands for silence", () =>
  withFolder(async (dir) => {
    const open = await extracted(dir);
    for (const { name } of Deno.readDirSync(join(open.dir, "attempts"))) {
      await Deno.writeTextFile(join(open.dir, "attempts", name), "");
    }
    assert.equal((await planStatus(open)).stages.extract[0].state, "done");
  }));
