import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { planRecipes } from "../../src/pipeline/recipes/plan_recipes.ts";
import type { Recipe } from "../../src/pipeline/recipes/recipe.ts";
import { registerRecipe } from "../../src/pipeline/recipes/registry.ts";
import { TUTORIAL } from "../../src/pipeline/recipes/tutorial.ts";
import { findInputs, findSettings } from "../../src/pipeline/run/find_inputs.ts";
import { runPipeline } from "../../src/pipeline/run/run.ts";
import { collectPlan } from "../../src/plan/collect_plan.ts";
import { readAttempts } from "../../src/plan/workers/attempt.ts";
import { makePlan } from "../../src/plan/make_plan.ts";
import { IncompletePlanError } from "../../src/plan/missing_shards.ts";
import { type OpenPlan, planFile, readPlan } from "../../src/plan/plan.ts";
import { PlanError } from "../../src/plan/plan_error.ts";
import { planCommand } from "../../src/plan/plan_command.ts";
import { placesOf } from "../../src/plan/plan_places.ts";
import { plannedInputs } from "../../src/plan/planned_inputs.ts";
import { SampleDivider } from "../../src/plan/samples/divide_samples.ts";
import { readSamples } from "../../src/plan/samples/read_samples.ts";
import { isListAlone, sourceOfList } from "../../src/plan/samples/source_of_list.ts";
import { planStatus } from "../../src/plan/plan_status.ts";
import { workShard } from "../../src/plan/work_shard.ts";
import { writeReport } from "../../src/report/write_report.ts";
import { syntheticCorpus } from "../synthetic_corpus.ts";
import { callTask, taskCommand } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { copyFolder, HASTY, outcome, smallRun, workAll } from "./planned_run.ts";

const work = { workers: 2, patience: HASTY };

/** A recipe of one light model on what the face head gives. */
function headRecipe(name: string): Recipe {
  const deciders = { audio: "lda", video: "lda", fused: "lda" } as const;
  const features = { video: ["face"] };
  return { ...TUTORIAL, name, prefix: name, features, classifiers: [], deciders, late: false };
}

/** A plan of a small run on the voices of the synthetic corpus. */
async function planVoices(dir: string, shards: number): Promise<OpenPlan> {
  const data = await syntheticCorpus(2);
  return await makePlan(smallRun(), { data }, { dir: join(dir, "plan"), shards });
}

Deno.test("a run in three shards and steps of each recipe gives the bytes of one machine's, clips that fail among them", () =>
  withFolder(async (dir) => {
    const data = join(dir, "corpus");
    await copyFolder(await syntheticCorpus(2), data);
    await Deno.truncate(join(data, "Actor_01/01-01-05-01-01-01-01.mp4"), 200);
    // Two recipes share a head that is fitted in each fold.
    using _one = registerRecipe(headRecipe("one"));
    using _other = registerRecipe(headRecipe("other"));
    const config = smallRun({
      modality: "av",
      recipes: planRecipes(["one", "other", "statistics"], ["train", "own"]),
    });
    const single = { data, out: join(dir, "single"), store: join(dir, "store"), workers: 2 };
    await runPipeline(config, single);

    const made = await makePlan(config, { data }, { dir: join(dir, "plan"), shards: 3 });
    assert.deepEqual([made.plan.extract.length, made.plan.folds.length], [3, 6]);
    // The folder may be called otherwise elsewhere: what is in the plan begins at it.
    await Deno.rename(join(dir, "plan"), join(dir, "moved"));
    const open = await readPlan(join(dir, "moved"));
    await workAll(open, "extract");
    await workAll(open, "folds");
    await collectPlan(open, { out: join(dir, "run"), workers: 1 });
    assert.deepEqual(await outcome(join(dir, "run")), await outcome(single.out));

    const { stages, skipped, failures } = await planStatus(open);
    assert(Object.values(stages).flat().every(({ state }) => state === "done"));
    assert.equal(skipped.reduce((sum, { count }) => sum + count, 0), 1);
    assert.deepEqual(failures, []);
    const report = JSON.parse(await Deno.readTextFile(join(dir, "run/report.json")));
    assert.equal(report.shards.length, 9);
    assert.match(report.shards[3].what, /^fold-1: one$/);
    await writeReport(join(dir, "run"));
    const page = await Deno.readTextFile(join(dir, "run/report.html"));
    assert.match(page, /in 9 shards on 1 machine/);
    assert.match(page, /<th scope="row">extract 2<\/th><td>4 samples<\/td>/);
  }));

Deno.test("the same inputs give the same plan, and a folder keeps the plan that it has", () =>
  withFolder(async (dir) => {
    const { plan } = await planVoices(dir, 3);
    const text = await Deno.readTextFile(planFile(join(dir, "plan")));
    assert.deepEqual((await planVoices(dir, 3)).plan, plan);
    await assert.rejects(
      planVoices(dir, 2),
      (error: Error) => error instanceof PlanError && /holds another plan/.test(error.message),
    );
    assert.equal(await Deno.readTextFile(planFile(join(dir, "plan"))), text);
    const samples = plan.extract.map(({ samples }) => samples);
    assert.equal(samples.reduce((sum, n) => sum + n, 0), plan.samples.count);
    assert(Math.max(...samples) - Math.min(...samples) <= 1);
  }));

Deno.test("a worker that is killed loses nothing: the shard goes on with what it had done", () =>
  withFolder(async (dir) => {
    const open = await planVoices(dir, 1);
    const args = [open.dir, "--stage", "extract", "--workers", "1"];
    const env = { JOB_COMPLETION_INDEX: "0" };
    const child = taskCommand("work", args, { env, stdout: "null", stderr: "piped" }).spawn();
    let said = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      if (/extract +[2-9]\//.test(said += text)) child.kill("SIGKILL");
    }
    assert.match(said, /extract shard 0, by JOB_COMPLETION_INDEX/);
    assert(!(await child.status).success, said);
    const killed = (await planStatus(open, Date.now() + 60_000)).stages.extract[0];
    assert.equal(killed.state, "silent");

    assert(await workShard(open, { stage: "extract", shard: 0 }, work));
    const [, again] = await readAttempts(open.dir);
    assert.equal(again.state, "done");
    assert(again.found >= 2 && again.found < again.total, `${again.found} of ${again.total}`);
    assert.equal(await workShard(open, { stage: "extract", shard: 0 }, work), false);
    // The last attempt had nothing to do, and does not hide what was done.
    const [{ state, done, total, attempts }] = (await planStatus(open)).stages.extract;
    const count = open.plan.samples.count;
    assert.deepEqual([state, done, total, attempts], ["done", count, count, 3]);
  }));

Deno.test("a shard that two workers do at once has each clip decoded once", () =>
  withFolder(async (dir) => {
    const open = await planVoices(dir, 1);
    const twice = () => callTask("work", [open.dir, "--stage", "extract", "--shard", "0"]);
    const ended = await Promise.all([twice(), twice()]);
    assert.deepEqual(ended.map(({ code }) => code), [0, 0], ended.map(({ said }) => said).join());
    const attempts = await readAttempts(open.dir);
    assert.equal(attempts.length, 2);
    const decoded = attempts.reduce((sum, { done, found }) => sum + done - found, 0);
    assert.equal(decoded, open.plan.samples.count);
    assert.deepEqual(Array.from(Deno.readDirSync(join(open.dir, "claims"))), []);

    const steps = [0, 0].map((shard) => workShard(open, { stage: "folds", shard }, work));
    assert.deepEqual((await Promise.all(steps)).toSorted(), [false, true]);
  }));

Deno.test("what is missing is named with the command that does it, by collect and by steps that need it", () =>
  withFolder(async (dir) => {
    const open = await planVoices(dir, 3);
    await workShard(open, { stage: "extract", shard: 1 }, work);
    const { code, err } = await callTask("collect", [open.dir]);
    assert.equal(code, 1);
    assert.match(err[0], /^error: .*: not done yet: extract 0,2; folds 0-1; /);
    assert(err.includes(`deno task work ${open.dir} --stage extract --shard 2`), err.join("\n"));
    assert(err.includes(`deno task work ${open.dir} --stage folds --shard 1`), err.join("\n"));
    await assert.rejects(
      workShard(open, { stage: "folds", shard: 0 }, work),
      (error: Error) =>
        error instanceof IncompletePlanError && /not done yet: extract 0,2; /.test(error.message),
    );
    const { stages, failures } = await planStatus(open);
    assert.deepEqual(stages.extract.map(({ state }) => state), ["waiting", "done", "waiting"]);
    assert.equal(stages.folds[0].state, "failed");
    assert.match(failures[0].reason, /not done yet/);
    await assert.rejects(
      workShard(open, { stage: "folds", shard: 9 }, work),
      /has no folds shard 9/,
    );
  }));

Deno.test("a plan of other code, other clips or another layout is refused by name", () =>
  withFolder(async (dir) => {
    const data = join(dir, "corpus");
    await copyFolder(await syntheticCorpus(2), data);
    const open = await makePlan(smallRun(), { data }, { dir: join(dir, "plan"), shards: 1 });
    const { code } = open.plan;
    for (
      const [other, says] of [
        [{ version: "0.0.1" }, /the plan was made by 0\.0\.1/],
        [{ sha256: "0".repeat(64) }, /another code of Emofuse/],
        [{ dependencies: "0".repeat(64) }, /deno\.lock is another/],
        [{ runtime: "Deno 1.0.0" }, /the plan was made by Deno 1\.0\.0/],
      ] as const
    ) {
      const changed = { ...open, plan: { ...open.plan, code: { ...code, ...other } } };
      await assert.rejects(workShard(changed, { stage: "extract", shard: 0 }, work), says);
      await assert.rejects(collectPlan(changed, { out: join(dir, "run"), workers: 1 }), says);
    }
    await workAll(open, "extract");
    await Deno.remove(join(data, "Actor_02/01-01-05-01-01-01-02.mp4"));
    await assert.rejects(
      workShard(open, { stage: "folds", shard: 0 }, work),
      /the samples are no longer those that were planned: 11, then 12; the first that differs is number 8, 01-05-01-01-01-02, where/,
    );
    await Deno.writeTextFile(planFile(open.dir), '{"schema":"emofuse.plan/0"}');
    await assert.rejects(readPlan(open.dir), /its schema is "emofuse\.plan\/0"/);
    const whole = { ...open.plan };
    const [shard] = whole.extract;
    const malformed: [unknown, RegExp][] = [
      [null, /no plan/],
      [[], /no plan/],
      [{ ...whole, code: "0.1.0" }, /"code"/],
      [{ ...whole, config: null }, /"config"/],
      [{ ...whole, places: {} }, /"places"/],
      [{ ...whole, samples: { count: "12" } }, /"samples"/],
      [{ ...whole, extract: [] }, /"extract"/],
      [{ ...whole, extract: [{ ...shard, shard: 1 }] }, /"extract"/],
      [{ ...whole, extract: [{ ...shard, bytes: [0] }] }, /"extract"/],
      [{ ...whole, folds: {} }, /"folds"/],
      [{ ...whole, folds: [{ shard: 0, fold: "fold-1", recipe: "statistics" }] }, /"folds"/],
    ];
    for (const [plan, says] of malformed) {
      await Deno.writeTextFile(planFile(open.dir), JSON.stringify(plan));
      await assert.rejects(
        readPlan(open.dir),
        (error: Error) => error instanceof PlanError && says.test(error.message),
      );
    }
    const { code: exit, err } = await callTask("work", [dir, "--stage", "folds", "--shard", "0"]);
    assert.deepEqual([exit, err.length], [1, 1]);
    assert.match(err[0], /cannot be read as a plan: there is no such file/);
  }));

Deno.test("a list is planned row by row as a run reads it whole, rows that give nothing among them", () =>
  withFolder(async (dir) => {
    const data = await syntheticCorpus(2);
    const rows = ["file,label,speaker,duration"];
    for await (const { name, isDirectory } of Deno.readDir(data)) {
      if (!isDirectory) continue;
      const files = Array.from(Deno.readDirSync(join(data, name)), ({ name }) => name).sort();
      // JSON ends no line there, though some readers of lines do.
      const speaker = name.replace("_", "\u2028");
      for (const file of files.filter((file) => file.startsWith("01-"))) {
        rows.push(`${relative(dir, join(data, name, file))},${file.slice(6, 8)},${speaker},0.5`);
      }
    }
    rows.sort((a, b) => a.startsWith("file,") ? -1 : b.startsWith("file,") ? 1 : a < b ? -1 : 1);
    rows.push("none.mp4,02,Actor_01,1", rows[1], rows[1].replace(/,0\.5$/, ""), "a.mp4,,x,1");
    rows.push(rows[2].replace(/^[^,]*,[^,]*/, `${join(dir, "rare.wav")},rare`));
    await Deno.writeFile(join(dir, "rare.wav"), new Uint8Array());
    const list = join(dir, "clips.csv");
    await Deno.writeTextFile(list, rows.join("\r\n"));
    const config = smallRun();
    const remarks: string[] = [];
    const plan = await makePlan(config, { data: list }, {
      dir: join(dir, "plan"),
      shards: 2,
      onRemarks: (lines) => remarks.push(...lines),
    });

    const whole = { data: list, out: "", store: "", workers: 1 };
    const inputs = await findInputs(config, whole);
    const settings = await findSettings(config, whole);
    assert(isListAlone(settings));
    const source = await sourceOfList(settings);
    assert.deepEqual(await Array.fromAsync(source!.samples()), inputs.found.samples);
    assert.deepEqual([source!.count, source!.seconds], [12, 6]);
    const left = inputs.found.skipped.length;
    assert.equal(source!.left.count, left);
    assert.equal(remarks.at(-5), `left out, as it gives no sample: ${left}`);
    assert.match(remarks.at(-4)!, /^ {2}\S+.*: \S/);
    assert.equal(remarks.at(-1), `  and ${left - 3} more`);
    assert.equal(plan.plan.samples.count, 12);
    const read = await Promise.all(plan.plan.extract.map((shard) => readSamples(plan, shard)));
    assert.deepEqual(read.flat(), inputs.found.samples);
    // What is read again for the folds is refused unless it is the same.
    await plannedInputs(plan, placesOf(plan, { workers: 1 }, dir));

    for (const more of [{ filter: { labels: ["02"] } }, { list: { label: "none" } }]) {
      const settings = await findSettings({ ...config, ...more }, whole);
      const other = isListAlone(settings) ? await sourceOfList(settings) : undefined;
      assert(other === undefined, "what rows cannot tell by themselves is read whole");
    }
  }));

Deno.test("commands are printed as a shell takes them, with the store and the task of its place", () => {
  const shard = { stage: "folds", shard: 2 } as const;
  const open = (store?: string) =>
    ({ dir: "/my plans/a's", plan: { places: { data: "clips", store } } }) as unknown as OpenPlan;
  const dir = "'/my plans/a'\\''s'";
  const bucket = "s3://corpora/store";
  const commands = [
    planCommand(open(), "/my plans/a's/store", shard),
    planCommand(open(), "/other store", shard),
    planCommand(open("../kept"), "/my plans/kept"),
    planCommand(open(bucket), bucket, shard),
    planCommand(open(), bucket),
  ];
  assert.deepEqual(commands, [
    `deno task work ${dir} --stage folds --shard 2`,
    `deno task work --store '/other store' ${dir} --stage folds --shard 2`,
    `deno task collect ${dir}`,
    `deno task work:bucket ${dir} --stage folds --shard 2`,
    `deno task collect:bucket --store ${bucket} ${dir}`,
  ]);
});

Deno.test("neighbours share a shard, shards have equal seconds, and a recording is in one", () => {
  const divider = new SampleDivider(16, 4);
  for (const seconds of [4, 2, 2, 1, 1, 1, 1, 4]) divider.add(seconds, 10);
  assert.deepEqual(divider.finish().map(({ samples }) => samples), [1, 2, 4, 1]);
  const few = new SampleDivider(2, 5);
  few.add(1, 10);
  few.add(1, 7);
  assert.deepEqual(few.finish(), [
    { shard: 0, first: 0, samples: 1, seconds: 1, bytes: [0, 10] },
    { shard: 1, first: 1, samples: 1, seconds: 1, bytes: [10, 17] },
  ]);
  const recordings = new SampleDivider(8, 4);
  for (const name of ["a", "a", "a", "b", "b", "b", "b", "c"]) recordings.add(1, 10, name);
  assert.deepEqual(recordings.finish().map(({ samples }) => samples), [3, 4, 1]);
});
