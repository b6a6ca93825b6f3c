import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { testWith } from "../needs.ts";
import { cremaDDir, ravdessDir } from "../ravdess.ts";
import { callTask, newcomersEnv, ROOT } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";
import { SlurmCluster, until } from "./slurm_cluster.ts";

const SHARDS = 16;
const FOLDS = 24;

/** Whether all clips are taken, which takes twelve minutes of two cores, or some, which takes two. */
const WHOLE = Deno.env.get("SLURM_CLIPS") === "all";

/** Flags for a plan of one fold, in place of so many. */
const ONCE = ["--hold-out", "0.2"];

await testWith(
  ["slurm", "ravdess", "crema-d"],
  "two nodes of Slurm, one of which is lost in the middle, write the bytes of one machine",
  async (t) => {
    await withFolder(async (dir) => {
      const flags = [...await (WHOLE ? allOfTwoCorpora : someOfTwoCorpora)(dir), ...RUN];
      const plan = join(dir, "plan");
      const folds = ["--folds", `${FOLDS}`];
      await callOrFail("plan", [...flags, ...folds, "--out", plan, "--shards", `${SHARDS}`]);
      const cluster = await SlurmCluster.start(await Deno.makeTempDir({ dir, prefix: "s" }), [
        ...["n1", "n2"],
      ]);
      try {
        const tasks = () =>
          cluster.ask("squeue", "--noheader", "--array", "--format", "%j %K %t %N");

        await t.step(
          "a node is killed with what it does, and its tasks go to the other",
          async () => {
            await submit(cluster, plan);
            const atNode1 = async () => /^emofuse-extract (\d+) R n1$/m.exec(await tasks())?.[1];
            await until(
              "some shards are done",
              async () =>
                (await logs(plan)).filter(({ text }) => text.includes("is done")).length >= 3,
            );
            // It has just begun another one, and cannot be at its end.
            const before = await atNode1();
            let lost: string | undefined;
            await until("n1 is at the next one", async () => {
              lost = await atNode1();
              return lost !== undefined && lost !== before;
            });
            cluster.loseNode("n1");
            await until("Slurm has noticed", async () =>
              /^n1 down/.test(
                await cluster.ask("sinfo", "--noheader", "--nodes", "n1", "--format", "%N %T"),
              ));
            cluster.startNode("n1");
            await until("all is over", () => cluster.isIdle());
            const all = await logs(plan);
            assert.equal(all.filter(({ name }) => /^extract-\d+\.log$/.test(name)).length, SHARDS);
            assert.equal(all.filter(({ name }) => /^folds-\d+\.log$/.test(name)).length, FOLDS);
            const again = all.find(({ name }) => name === `extract-${lost}.log`)!.text;
            assert.match(again, /, attempt 1\n[^]*, attempt 2\n[^]*is done\n$/);
          },
        );

        await t.step("results, predictions and models are those of one machine", async () => {
          const alone = join(dir, "alone");
          await callOrFail("run", [
            ...flags,
            ...folds,
            "--out",
            alone,
            "--store",
            join(dir, "store"),
          ]);
          const many = join(plan, "run");
          assert.equal(await results(many), await results(alone));
          const files = [...await filesIn(join(alone, "models"), "models/"), "predictions.json"];
          assert(files.length > FOLDS, `${files.length} files`);
          assert.deepEqual(await filesIn(join(many, "models"), "models/"), files.slice(0, -1));
          for (const file of files) {
            const [one, other] = await Promise.all(
              [alone, many].map((folder) => Deno.readFile(join(folder, file))),
            );
            assert(
              one.length === other.length && one.every((byte, i) => byte === other[i]),
              `${file} differs`,
            );
          }
        });

        await t.step(
          "what fails keeps nobody waiting, is named, and is done the next time",
          async () => {
            const ill = join(dir, "ill");
            await callOrFail("plan", [...flags, ...ONCE, "--out", ill, "--shards", "2"]);
            const refuses = join(dir, "refuses");
            await Deno.writeTextFile(
              refuses,
              `case "$*" in *"--shard 1"*) exit 9 ;; esac\nexec ${Deno.execPath()} task "$@"\n`,
            );
            await submit(cluster, ill, `sh ${refuses}`);
            await until("all is over", () => cluster.isIdle());
            const said = (await logs(ill)).find(({ name }) => name === "collect.log")!.text;
            assert.match(said, /^error: .*not done yet: extract 1; folds 0/m);
            assert.match(said, /^deno task work \S+ --stage extract --shard 1$/m);
            await submit(cluster, ill);
            await until("all is over", () => cluster.isIdle());
            assert.match(await results(join(ill, "run")), /"rows":\[/);
          },
        );
      } finally {
        await cluster.stop();
      }
    });
  },
);

/** What is done with the clips. */
const RUN = [
  ...["--label-map", "big4", "--modality", "audio", "--protocol", "speaker-independent"],
  ...["--recipes", "statistics"],
];

/** Puts links to some sentences of two corpora into a folder; what they are to a run. */
async function someOfTwoCorpora(dir: string): Promise<string[]> {
  const ravdess = await filesIn(join(ravdessDir()!, "speech"));
  const cremaD = await filesIn(join(cremaDDir()!, "AudioOpus"));
  const chosen = {
    // Happy and angry; one sentence, once, of all 24 speakers.
    ravdess: ravdess.filter((file) => /\/03-01-0[35]-01-01-01-\d\d\.\w+$/.test(file))
      .map((file) => join(ravdessDir()!, "speech", file)),
    "crema-d": cremaD.filter((file) => /^10[012]\d_(DFA|IEO)_(HAP|ANG)_XX\.\w+$/.test(file))
      .map((file) => join(cremaDDir()!, "AudioOpus", file)),
  };
  for (const [name, files] of Object.entries(chosen)) {
    await Deno.mkdir(join(dir, name));
    assert(files.length >= FOLDS, `${name}: ${files.length} clips`);
    for (const file of files) await Deno.symlink(file, join(dir, name, basename(file)));
  }
  return Object.keys(chosen).flatMap((name) => ["--data", `${name}=${join(dir, name)}`]);
}

/** Both corpora as they are, 6965 clips; what they are to a run. */
function allOfTwoCorpora(): string[] {
  const [ravdess, cremaD] = [join(ravdessDir()!, "speech"), join(cremaDDir()!, "AudioOpus")];
  return ["--data", `ravdess=${ravdess}`, "--data", `crema-d=${cremaD}`];
}

/** Has Slurm do a plan, as the documentation says. */
async function submit(
  cluster: SlurmCluster,
  plan: string,
  emofuse = `${Deno.execPath()} task`,
): Promise<void> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["deploy/slurm/submit.sh", plan, "--mem=2G"],
    cwd: ROOT,
    clearEnv: true,
    env: { ...newcomersEnv(), ...cluster.env, EMOFUSE: emofuse },
    stdin: "null",
  }).output();
  const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assert.equal(code, 0, said);
  assert.match(out, /^extract \d+\nfolds \d+\ncollect \d+\nlogs /);
}

/** The logs that a plan's tasks have written so far. */
async function logs(plan: string): Promise<{ name: string; text: string }[]> {
  const dir = join(plan, "logs");
  const names = await filesIn(dir);
  return await Promise.all(
    names.map(async (name) => ({ name, text: await Deno.readTextFile(join(dir, name)) })),
  );
}

/** What a run says but for who made it, and when. */
async function results(run: string): Promise<string> {
  const { provenance: _, ...rest } = JSON.parse(
    await Deno.readTextFile(join(run, "results.json")),
  );
  return JSON.stringify(rest);
}

/** The files of a folder and of those in it, in their order. */
async function filesIn(dir: string, prefix = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(dir)) {
    if (isDirectory) found.push(...await filesIn(join(dir, name), `${prefix}${name}/`));
    else found.push(prefix + name);
  }
  return found.sort();
}

async function callOrFail(task: "plan" | "run", args: readonly string[]): Promise<void> {
  const { code, said } = await callTask(task, args);
  assert.equal(code, 0, said);
}
