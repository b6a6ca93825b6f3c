/**
 * `deno task work PLAN --stage extract|folds`: one shard of a plan.
 *
 * @module
 */

import process from "node:process";
import { STAGES } from "../../src/plan/plan.ts";
import { workShard } from "../../src/plan/work_shard.ts";
import { askedToEnd, EndedError } from "../../src/runtime/asked_to_end.ts";
import { startProgress } from "../../src/report/progress.ts";
import { choice, command, integer, parsed, runCommand, UsageError } from "../command.ts";
import { workersFlag } from "../flags/run_flags.ts";
import { addPlanStoreFlags, readPlanStore } from "./store_flag.ts";
import { EXPECTED_ERRORS } from "../shared/expected_errors.ts";
import { openPlan, planArgument } from "./plan_folder.ts";
import type { Stage } from "../../src/plan/plan.ts";

/** Where schedulers say which task of an array this is, counted from 0. */
const TASK_NUMBERS = ["SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"];

const readShard = integer(0, 2 ** 31 - 1);

const work = command("work", "Do one shard of a plan, which deno task plan made.")
  .addArgument(planArgument())
  .addOption(
    choice("--stage <name>", "decode and embed clips, or fit and test models", STAGES)
      .makeOptionMandatory(),
  )
  .addOption(
    parsed(
      "--shard <i>",
      `number of the shard, from 0 (default: ${TASK_NUMBERS.join(" or ")})`,
      readShard,
    ),
  )
  .addOption(workersFlag("clips worked on at once"));

addPlanStoreFlags(work);

await runCommand(work, async (options, args) => {
  const stage = options.stage as Stage;
  const { shard, from } = readNumber(options.shard as number | undefined);
  const open = await openPlan(args);
  const store = readPlanStore(options, open);
  console.error(`${stage} shard ${shard}, by ${from}`);
  const progress = startProgress(stage, stage === "extract" ? "samples" : "steps");
  try {
    const worked = await workShard(open, { stage, shard }, {
      ...store,
      workers: options.workers as number,
      signal: askedToEnd(),
      onProgress: (done, total, found) =>
        progress.update(done, total, stage === "extract" ? `${found}/${total} cached` : ""),
    });
    progress.stop();
    console.error(worked ? `${stage} shard ${shard} is done` : `${stage} shard ${shard} was done`);
  } catch (error) {
    if (!(error instanceof EndedError)) throw error;
    progress.stop();
    console.error(`${error.message}: what is done stays done, the same command goes on there`);
    process.exit(error.exitCode);
  } finally {
    progress.stop();
  }
}, EXPECTED_ERRORS);

/** The number of the shard, and what says it. */
function readNumber(flag: number | undefined): { shard: number; from: string } {
  if (flag !== undefined) return { shard: flag, from: "--shard" };
  const name = TASK_NUMBERS.find((name) => process.env[name]);
  if (name === undefined) {
    throw new UsageError(
      `--shard is missing; allowed: the number of a shard, from 0, or ${
        TASK_NUMBERS.join(" or ")
      } in the environment`,
    );
  }
  const text = process.env[name]!;
  if (!/^\d{1,10}$/.test(text)) {
    throw new UsageError(`${name} is "${text}"; allowed: a whole number from 0 on`);
  }
  return { shard: Number(text), from: name };
}
