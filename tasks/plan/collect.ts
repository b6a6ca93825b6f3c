/**
 * `deno task collect PLAN`: the run folder of a plan of which everything is done.
 *
 * @module
 */

import { join } from "node:path";
import process from "node:process";
import { collectPlan } from "../../src/plan/collect_plan.ts";
import { IncompletePlanError } from "../../src/plan/missing_shards.ts";
import { planCommand } from "../../src/plan/plan_command.ts";
import { placesOf } from "../../src/plan/plan_places.ts";
import { command, EXIT_FAILED, runCommand } from "../command.ts";
import { addPlanStoreFlags, readPlanStore } from "./store_flag.ts";
import { resolvePath } from "../paths.ts";
import { EXPECTED_ERRORS } from "../shared/expected_errors.ts";
import { openPlan, planArgument } from "./plan_folder.ts";
import { reportRun } from "../shared/report_run.ts";

/** Commands that are listed one by one. */
const LISTED = 20;

const collect = command("collect", "Write the run folder of a plan of which everything is done.")
  .addArgument(planArgument())
  .option("--out <dir>", "run folder: results.json and models (default: run in the plan's folder)")
  .option("--json", "print results.json instead of the table");

addPlanStoreFlags(collect);

await runCommand(collect, async (options, args) => {
  const open = await openPlan(args);
  const out = options.out === undefined ? join(open.dir, "run") : resolvePath(String(options.out));
  const work = { ...readPlanStore(options, open), workers: 1 };
  const places = placesOf(open, work, out);
  try {
    await reportRun(
      open.plan.config,
      places,
      options.json ? "json" : "table",
      ({ onRemarks }) => collectPlan(open, { ...work, out, onRemarks }),
    );
  } catch (error) {
    if (!(error instanceof IncompletePlanError)) throw error;
    console.error(`error: ${error.message}`);
    const { missing } = error;
    for (const shard of missing.slice(0, LISTED)) {
      console.error(planCommand(open, places.store, shard));
    }
    if (missing.length > LISTED) console.error(`and ${missing.length - LISTED} more`);
    process.exit(EXIT_FAILED);
  }
}, EXPECTED_ERRORS);
