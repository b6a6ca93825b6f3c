import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../needs.ts";
import { ROOT } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { SlurmCluster, until } from "./slurm_cluster.ts";

/** The script of a stage's tasks. */
const STAGE = join(ROOT, "deploy/slurm/stage.sbatch");

/** A cluster, and a folder in which tasks are tried on it. */
interface Site {
  readonly dir: string;
  readonly cluster: SlurmCluster;
}

await testOnSlurm(
  "a task whose time is nearly up puts itself back, one that is cancelled does not",
  ["n1"],
  async (site) => {
    const { cluster } = site;
    // As npx does, what is started ends before what works.
    const slow = `sh -c "trap 'sleep 0.3; echo asked to end; exit 143' TERM; sleep 5 & wait
echo did it" & wait`;
    const start = async (shards: number) => {
      const id = await submit(site, slow, { stage: "folds", shards, tasks: 1 });
      await until("it works", async () => (await logOf(site, 0)).includes("at work"));
      return id;
    };
    const at = (shard: number) => `at work /plan --stage folds --shard ${shard} --workers 1\n`;

    await cluster.ask("scancel", "--batch", "--signal=USR1", await start(2));
    await until("it is over", () => cluster.isIdle());
    // One task for two shards does them one after the other.
    assert.equal(
      await logOf(site, 0),
      `attempt 1\n${at(0)}asked to end\nattempt 2\n${at(0)}did it\n${at(1)}did it\n`,
    );
    await cluster.ask("scancel", await start(1));
    await until("it is over", () => cluster.isIdle());
    assert.equal(await logOf(site, 0), `attempt 1\n${at(0)}asked to end\n`);
  },
);

const NODES = ["n1", "n2", "n3"];

await testOnSlurm(
  "the task whose number is its array's puts itself back, and no other one",
  NODES,
  async (site) => {
    const { dir, cluster } = site;
    const waits = `trap 'exit 143' TERM; until [ -e ${dir}/go ]; do sleep 1; done; echo did it`;
    const id = await submit(site, waits, { stage: "folds", shards: 3, tasks: 3 });
    const logs = () => Promise.all(NODES.map((_, i) => logOf(site, i)));
    const attempts = async () => (await logs()).map((log) => log.match(/attempt \d+/g)?.length);
    await until("all work", async () => (await logs()).every((log) => log.includes("at work")));
    const tasks = await cluster.ask("squeue", "--noheader", "--array", "--format", "%A %K");
    const same = tasks.match(new RegExp(`^${id} (\\d)$`, "m"))?.[1];
    assert(same !== undefined, tasks);
    await cluster.ask("scancel", "--batch", "--signal=USR1", `${id}_${same}`);
    await until("it works again", async () => (await attempts())[Number(same)] === 2);
    await Deno.writeTextFile(join(dir, "go"), "");
    await until("all is over", () => cluster.isIdle());
    assert.deepEqual(await attempts(), NODES.map((_, i) => i === Number(same) ? 2 : 1));
    for (const log of await logs()) assert.match(log, /did it\n$/);
  },
);

await testOnSlurm(
  "a task that a more urgent one drives out is put back, and goes on in the same log",
  ["n1"],
  async (site) => {
    const { dir, cluster } = site;
    const works = `trap 'echo asked to end; exit 143' TERM
until [ -e ${dir}/go ]; do sleep 1; done; echo did it`;
    await submit(site, works, { stage: "extract", shards: 1, tasks: 1 });
    await until("it works", async () => (await logOf(site, 0)).includes("at work"));
    const urgent = join(dir, "urgent");
    await cluster.ask(
      "sbatch",
      ...["--partition=urgent", "--output", urgent, "--wrap", `echo here; touch ${dir}/go`],
    );
    await until("all is over", () => cluster.isIdle());
    assert.equal(await Deno.readTextFile(urgent), "here\n");
    const at = "at work /plan --stage extract --shard 0 --workers 1\n";
    assert.equal(
      await logOf(site, 0),
      `attempt 1\n${at}asked to end\nattempt 2\n${at}did it\n`,
    );
  },
);

/** Tests on a cluster of nodes with such names. */
async function testOnSlurm(
  name: string,
  nodes: readonly string[],
  test: (site: Site) => Promise<void>,
): Promise<void> {
  await testWith(["slurm"], name, () =>
    withFolder(async (dir) => {
      const cluster = await SlurmCluster.start(dir, nodes);
      try {
        await test({ dir, cluster });
      } finally {
        await cluster.stop();
      }
    }));
}

/** Submits an array whose work is stood in for by a script; the number of the job. */
async function submit(
  { dir, cluster }: Site,
  work: string,
  { stage, shards, tasks }: { stage: string; shards: number; tasks: number },
): Promise<string> {
  const script = join(dir, "work");
  await Deno.writeTextFile(script, `echo at "$@"; ${work}\n`);
  for (let i = 0; i < tasks; i++) await Deno.writeTextFile(logFile(dir, i), "");
  const id = await cluster.ask(
    "sbatch",
    ...["--parsable", `--array=0-${tasks - 1}`, "--output", logFile(dir, "%a")],
    ...[STAGE, "/plan", stage, `${shards}`, "sh", script, "work"],
  );
  return id.trim();
}

/** What a task of an array has said, without times, machines and what Slurm and the shell say. */
async function logOf({ dir }: Site, task: number): Promise<string> {
  const text = await Deno.readTextFile(logFile(dir, task));
  return text.replace(/^.*Z (extract|folds) on .*, |^(slurmstepd.*|Terminated)\n/gm, "");
}

function logFile(dir: string, task: number | string): string {
  return join(dir, `log-${task}`);
}
