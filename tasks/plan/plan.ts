/**
 * `deno task plan --data DIR --out PLAN --shards N`: a run divided into work for many machines, and
 * `deno task plan status PLAN`: how far they are.
 *
 * @module
 */

import process from "node:process";
import { makePlan } from "../../src/plan/make_plan.ts";
import { STAGES } from "../../src/plan/plan.ts";
import { planStatus } from "../../src/plan/plan_status.ts";
import { terminalWidth } from "../../src/terminal/terminal_width.ts";
import { wrapText } from "../../src/terminal/wrap_text.ts";
import { command, integer, parsed, runCommand } from "../command.ts";
import { corpusFlag, dataFlag, readFolders } from "../flags/data_flag.ts";
import { addFilterFlags } from "../flags/filter_flags.ts";
import { addListFlags } from "../flags/list_flags.ts";
import { addRunFlags, readConfig, readPlaces } from "../flags/run_flags.ts";
import { storePlace } from "./store_flag.ts";
import { readTables, tableFlag } from "../flags/table_flag.ts";
import { resolvePath } from "../paths.ts";
import { EXPECTED_ERRORS } from "../shared/expected_errors.ts";
import { openPlan, planArgument } from "./plan_folder.ts";
import { planLines, statusLines } from "./plan_lines.ts";

/** The most shards: a Slurm array of the usual size has no more tasks. */
const MAX_SHARDS = 100_000;

if (process.argv[2] === "status") {
  process.argv.splice(2, 1);
  await status();
} else await plan();

function plan(): Promise<never> {
  const plan = addRunFlags(addListFlags(addFilterFlags(
    command(
      "plan",
      "Divide a run into shards that many machines do with deno task work; " +
        "deno task plan status PLAN tells how far they are.",
    )
      .addOption(dataFlag().makeOptionMandatory())
      .addOption(corpusFlag())
      .addOption(tableFlag())
      .option("--out <dir>", "folder of the plan, which all machines see", "plan")
      .addOption(
        parsed("--shards <n>", "shards of clips to decode, at most", integer(1, MAX_SHARDS))
          .default(16),
      ),
  )))
    .option(
      "--store <place>",
      "feature store of all who work on the plan: a folder or s3://bucket/prefix " +
        "(default: each of them says it, or it is the folder store in the plan's)",
    )
    .option("--json", "print the plan's folder and how many samples, shards and steps it has");
  return runCommand(plan, async (options) => {
    const dir = resolvePath(options.out as string);
    const store = options.store === undefined ? undefined : storePlace(options.store as string);
    const tables = readTables(options);
    const places = {
      ...readPlaces(options, { ...readFolders(options), out: dir }),
      ...tables.places,
    };
    const config = { ...readConfig(options), ...tables.config };
    const made = await makePlan(config, places, {
      dir,
      store,
      shards: options.shards as number,
      onRemarks(remarks) {
        for (const line of remarks) console.error(wrapText(line, terminalWidth()));
      },
    });
    const { samples, extract, folds } = made.plan;
    console.log(
      options.json
        ? JSON.stringify({ plan: dir, samples, extract: extract.length, folds: folds.length })
        : planLines(made).join("\n"),
    );
  }, EXPECTED_ERRORS);
}

function status(): Promise<never> {
  const status = command("plan status", "Tell how far the work on a plan is.")
    .addArgument(planArgument())
    .option("--json", "print every shard as JSON")
    .option("--count", "print how many shards each stage has, and look no further");
  return runCommand(status, async (options, args) => {
    const open = await openPlan(args);
    if (options.count) {
      console.log(STAGES.map((stage) => `${stage} ${open.plan[stage].length}`).join("\n"));
      return;
    }
    const found = await planStatus(open);
    console.log(
      options.json
        ? JSON.stringify(found, null, 2)
        : statusLines(open, found, terminalWidth()).join("\n"),
    );
  }, EXPECTED_ERRORS);
}
