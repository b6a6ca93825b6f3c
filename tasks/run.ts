/**
 * `deno task run`: clips to results table.
 *
 * @module
 */

import { command, runCommand } from "./command.ts";
import { reportRun } from "./report_run.ts";
import { addFilterFlags, addPipelineFlags, readConfig, readPlaces } from "./run_flags.ts";
import { EXPECTED_ERRORS } from "./expected_errors.ts";

const run = addPipelineFlags(addFilterFlags(
  command("run", "Recognise emotion from voices, faces and both, and compare them.")
    .requiredOption("--data <dir>", "folder of RAVDESS clips, searched with everything below it")
    .option("--out <dir>", "run folder: results.json and models", "out"),
));

await runCommand(run, async (options) => {
  const places = readPlaces(options, options as { data: string; out: string });
  await reportRun(readConfig(options), places, options.json === true);
}, EXPECTED_ERRORS);
