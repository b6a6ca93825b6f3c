import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../tasks/cli.ts";
import { withFolder } from "../with_folder.ts";

/** Stand-ins for what `submit.sh` calls; sbatch refuses the job that `REFUSED` names. */
const PROGRAMS = {
  emofuse: `echo "extract 3"; echo "folds 2"`,
  scontrol: `echo "MaxArraySize            = 1001"`,
  scancel: `echo "scancel $*" >>"$ASKED"`,
  sbatch: `for word; do case $word in --job-name=*) job=\${word#--job-name=emofuse-} ;; esac; done
echo "$job $*" >>"$ASKED"
if [ "$job" = "$REFUSED" ]; then echo "sbatch: error: no" >&2; exit 1; fi
case $job in extract) echo "11;lab" ;; folds) echo 12 ;; *) echo 13 ;; esac`,
};

Deno.test(
  "submit.sh submits three jobs, or leaves none where one is refused",
  () =>
    withFolder(async (dir) => {
      const plan = join(dir, "a plan");
      await Deno.mkdir(plan);
      await Deno.writeTextFile(join(plan, "plan.json"), "{}");
      for (const [name, text] of Object.entries(PROGRAMS)) {
        await Deno.writeTextFile(join(dir, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
      }
      const log = join(dir, "asked");
      const submit = async (refused: string) => {
        await Deno.writeTextFile(log, "");
        const { code, stdout, stderr } = await new Deno.Command("sh", {
          args: [join(ROOT, "deploy/slurm/submit.sh"), plan, "--partition=short"],
          env: {
            PATH: `${dir}:${Deno.env.get("PATH")}`,
            EMOFUSE: "emofuse",
            ASKED: log,
            REFUSED: refused,
          },
        }).output();
        const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
        return { code, out, err, asked: (await Deno.readTextFile(log)).trim().split("\n") };
      };

      const { code, out, asked } = await submit("none");
      assert.deepEqual([code, out], [0, `extract 11\nfolds 12\ncollect 13\nlogs ${plan}/logs\n`]);
      const [extract, folds, collect] = asked;
      assert.match(
        extract,
        /^extract .*--array=0-2 .*--partition=short .* extract 3 emofuse work$/,
      );
      assert.match(
        folds,
        /^folds .*--array=0-1 .*--dependency=afterok:11 .* folds 2 emofuse work$/,
      );
      assert.match(collect, /^collect .*--dependency=afterany:12 .* emofuse collect$/);
      for (
        const [refused, cancelled] of [["extract", []], ["folds", ["11"]], ["collect", [
          "11 12",
        ]]] as const
      ) {
        const { code, out, err, asked } = await submit(refused);
        assert.deepEqual([code, out], [1, ""]);
        assert.match(
          err,
          /^sbatch: error: no\nerror: Slurm refused a job, .*; nothing was submitted\n$/,
        );
        assert.deepEqual(
          asked.filter((line) => line.startsWith("scancel")),
          cancelled.map((jobs) => `scancel ${jobs}`),
        );
      }
    }),
);
