import assert from "node:assert/strict";
import { join } from "node:path";
import { makePlan } from "../../src/plan/make_plan.ts";
import { planStatus } from "../../src/plan/plan_status.ts";
import { openStep, readStep } from "../../src/plan/step_result.ts";
import { workShard } from "../../src/plan/work_shard.ts";
import { Attempt, attemptFile } from "../../src/plan/workers/attempt.ts";
import { Claims } from "../../src/plan/workers/claims.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { taskCommand } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { HASTY, smallRun } from "./planned_run.ts";

/** Who waits for signs of life waits longer than any test. */
const PATIENT = { beat: 100, silence: 1e9 };
const EXTRACT = { stage: "extract", shard: 0 } as const;

Deno.test("what an attempt was at that says it is at an end is free at once", () =>
  withFolder(async (dir) => {
    await using first = await Attempt.begin(dir, EXTRACT, PATIENT);
    await (await Claims.open(dir, first.id, PATIENT)).take("clip");
    await using second = await Attempt.begin(dir, EXTRACT, PATIENT);
    let taken = false;
    const waiting = (await Claims.open(dir, second.id, PATIENT)).take("clip")
      .finally(() => taken = true);
    await new Promise((done) => setTimeout(done, 1000));
    assert(!taken);
    await first.fail(new Error("ended"));
    await (await waiting)[Symbol.asyncDispose]();
    assert.deepEqual(Array.from(Deno.readDirSync(join(dir, "claims"))), []);
  }));

Deno.test("a claim names its holder from its beginning on, also where there is nothing to link to", () =>
  withFolder(async (dir) => {
    await using attempt = await Attempt.begin(dir, EXTRACT, { beat: 1e6 });
    const claims = await Claims.open(dir, attempt.id, PATIENT);
    for (const links of [2, 1]) {
      if (links === 1) await Deno.remove(attemptFile(dir, attempt.id));
      const claim = await claims.take("clip");
      const [{ name }] = Array.from(Deno.readDirSync(join(dir, "claims")));
      const path = join(dir, "claims", name);
      assert.equal(JSON.parse(await Deno.readTextFile(path)).id, attempt.id);
      assert.equal((await Deno.stat(path)).nlink ?? links, links);
      await claim[Symbol.asyncDispose]();
      assert.deepEqual(Array.from(Deno.readDirSync(join(dir, "claims"))), []);
    }
  }));

Deno.test("a claim that was made though the server's answer was lost is held, by one at a time", () =>
  withFolder(async (dir) => {
    await using attempt = await Attempt.begin(dir, EXTRACT, PATIENT);
    const claims = await Claims.open(dir, attempt.id, PATIENT);
    const first = await claims.take("clip");
    const [{ name }] = Array.from(Deno.readDirSync(join(dir, "claims")));
    const path = join(dir, "claims", name);
    let taken = false;
    const second = claims.take("clip").finally(() => taken = true);
    await new Promise((done) => setTimeout(done, 1000));
    assert(!taken);
    await first[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();

    await Deno.link(attemptFile(dir, attempt.id), path);
    await (await claims.take("clip"))[Symbol.asyncDispose]();
    assert.deepEqual(Array.from(Deno.readDirSync(join(dir, "claims"))), []);
  }));

Deno.test("of two that do a step at once the first one's stays whole, and what is of something else is replaced", () =>
  withFolder(async (dir) => {
    const result = { fold: null, of: "e".repeat(64), time: { host: "here", seconds: 1 } };
    await using slow = await openStep(dir, 0);
    await using fast = await openStep(dir, 0);
    await fast.complete({ ...result, time: { host: "there", seconds: 1 } });
    await assert.rejects(slow.complete(result), "what it had begun was removed");
    assert.equal((await readStep(dir, 0))?.time.host, "there");
    await using late = await openStep(dir, 0);
    await late.complete(result);
    assert.equal((await readStep(dir, 0))?.time.host, "there");
    await using other = await openStep(dir, 0);
    await other.complete({ ...result, of: "f".repeat(64) });
    assert.equal((await readStep(dir, 0))?.time.host, "here");
    assert.deepEqual(Array.from(Deno.readDirSync(join(dir, "steps")), ({ name }) => name), ["0"]);
  }));

Deno.test("a worker that is asked to end says so, and another goes on at once", () =>
  withFolder(async (dir) => {
    const data = await syntheticCorpus(2);
    const open = await makePlan(smallRun(), { data }, { dir: join(dir, "plan"), shards: 1 });
    const args = [open.dir, "--stage", "extract", "--shard", "0", "--workers", "2"];
    const child = taskCommand("work", args, { stdout: "null", stderr: "piped" }).spawn();
    let said = "";
    let asked = false;
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      if (!/extract +[1-9]\//.test(said += text) || asked) continue;
      child.kill("SIGTERM");
      // As deno task hands on what a scheduler sends to all.
      child.kill("SIGTERM");
      asked = true;
    }
    assert.equal((await child.status).code, 143, said);
    assert.match(said, /ended by SIGTERM: what is done stays done/);
    const [{ state, reason }] = (await planStatus(open)).stages.extract;
    assert.deepEqual([state, reason], ["failed", "ended by SIGTERM"]);

    const signal = AbortSignal.timeout(120_000);
    assert(await workShard(open, EXTRACT, { workers: 2, patience: PATIENT, signal }));
    const ended = { workers: 2, patience: HASTY, signal: AbortSignal.abort(new Error("no time")) };
    await assert.rejects(workShard(open, { stage: "folds", shard: 0 }, ended), /no time/);
    assert.equal((await planStatus(open)).stages.folds[0].reason, "no time");
  }));
