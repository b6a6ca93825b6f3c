import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../needs.ts";
import { ROOT } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { SlurmCluster, until } from "./slurm_cluster.ts";

/** The script of a stage's tasks. */
const STAGE = join(ROOT, "deploy/slurm/stage.sbatch");

await testWith(
  ["slurm"],
  "a task whose time is nearly up puts itself back, one that is cancelled does not",
  async () => {
    await withFolder(async (dir) => {
      const cluster = await SlurmCluster.start(dir, ["n1"]);
      // Stands for work that takes long.
      const slow = join(dir, "slow");
      await Deno.writeTextFile(
        slow,
        `echo at "$@"; trap 'echo asked to end; exit 143' TERM; sleep 5 & wait; echo did it\n`,
      );
      const log = join(dir, "log");
      const start = async (shards: number) => {
        await Deno.writeTextFile(log, "");
        const id = await cluster.ask(
          "sbatch",
          ...["--parsable", "--array=0-0", "--output", log],
          ...[STAGE, "/plan", "folds", `${shards}`, "sh", slow, "work"],
        );
        await until("it works", async () => (await Deno.readTextFile(log)).includes("at work"));
        return id.trim();
      };
      const end = async () => {
        await until(
          "it is over",
          async () => (await cluster.ask("squeue", "--noheader")).trim() === "",
        );
        return (await Deno.readTextFile(log)).replace(/^.*Z folds on .*, |^slurmstepd.*\n/gm, "");
      };
      const work = (shard: number) => `at work /plan --stage folds --shard ${shard} --workers 1\n`;
      try {
        await cluster.ask("scancel", "--batch", "--signal=USR1", await start(2));
        // One task for two shards does them one after the other.
        assert.equal(
          await end(),
          `attempt 1\n${work(0)}asked to end\nattempt 2\n${work(0)}did it\n${work(1)}did it\n`,
        );
        await cluster.ask("scancel", await start(1));
        assert.equal(await end(), `attempt 1\n${work(0)}asked to end\n`);
      } finally {
        await cluster.stop();
      }
    });
  },
);

await testWith(
  ["slurm"],
  "the task whose number is its array's puts itself back, and no other one",
  async () => {
    await withFolder(async (dir) => {
      const nodes = ["n1", "n2", "n3"];
      const cluster = await SlurmCluster.start(dir, nodes);
      // Stands for work that ends when it may.
      const waits = join(dir, "waits");
      await Deno.writeTextFile(
        waits,
        `echo at "$@"; trap 'exit 143' TERM; until [ -e ${dir}/go ]; do sleep 1; done; echo did it\n`,
      );
      const logs = () =>
        Promise.all(nodes.map((_, i) => Deno.readTextFile(join(dir, `log-${i}`)).catch(() => "")));
      const attempts = async () => (await logs()).map((log) => log.match(/attempt \d+/g)?.length);
      const squeue = ["--noheader", "--array", "--format"];
      try {
        const id = await cluster.ask(
          "sbatch",
          ...["--parsable", "--array=0-2", "--output", join(dir, "log-%a")],
          ...[STAGE, "/plan", "folds", "3", "sh", waits, "work"],
        );
        await until(
          "all three work",
          async () => (await logs()).every((log) => log.includes("at work")),
        );
        const tasks = await cluster.ask("squeue", ...squeue, "%A %K");
        const same = tasks.match(new RegExp(`^${id.trim()} (\\d)$`, "m"))?.[1];
        assert(same !== undefined, tasks);
        await cluster.ask("scancel", "--batch", "--signal=USR1", `${id.trim()}_${same}`);
        await until("it works again", async () => (await attempts())[Number(same)] === 2);
        await Deno.writeTextFile(join(dir, "go"), "");
        await until("all is over", async () => (await cluster.ask("squeue", "-h")).trim() === "");
        assert.deepEqual(await attempts(), nodes.map((_, i) => i === Number(same) ? 2 : 1));
        for (const log of await logs()) assert.match(log, /did it\n$/);
      } finally {
        await cluster.stop();
      }
    });
  },
);

await testWith(
  ["slurm"],
  "a task that a more urgent one drives out is put back, and goes on in the same log",
  async () => {
    await withFolder(async (dir) => {
      const cluster = await SlurmCluster.start(dir, ["n1"]);
      // Stands for work that goes on where the last attempt was.
      const works = join(dir, "works");
      await Deno.writeTextFile(
        works,
        `echo at "$@"; trap 'echo asked to end; exit 143' TERM
until [ -e ${dir}/go ]; do sleep 1; done; echo did it\n`,
      );
      const log = join(dir, "log");
      await Deno.writeTextFile(log, "");
      const isOver = async () => (await cluster.ask("squeue", "--noheader")).trim() === "";
      try {
        await cluster.ask(
          "sbatch",
          ...["--array=0-0", "--output", log, STAGE, "/plan", "extract", "1", "sh", works, "work"],
        );
        await until("it works", async () => (await Deno.readTextFile(log)).includes("at work"));
        const urgent = join(dir, "urgent");
        await cluster.ask(
          "sbatch",
          ...["--partition=urgent", "--output", urgent, "--wrap", `echo here; touch ${dir}/go`],
        );
        await until("all is over", isOver);
        assert.equal(await Deno.readTextFile(urgent), "here\n");
        const text = (await Deno.readTextFile(log)).replace(/^.*Z extract on .*, /gm, "");
        const at = "at work /plan --stage extract --shard 0 --workers 1\n";
        assert.equal(
          text.replace(/^(slurmstepd.*|Terminated)\n/gm, ""),
          `attempt 1\n${at}asked to end\nattempt 2\n${at}did it\n`,
        );
      } finally {
        await cluster.stop();
      }
    });
  },
);
