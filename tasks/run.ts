/**
 * `deno task run`: clips to results table.
 *
 * @module
 */

import process from "node:process";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import { repeatRun } from "../src/pipeline/run/repeat_run.ts";
import { readRunLock, RunLockError } from "../src/pipeline/run/run_lock.ts";
import { command, EXIT_FAILED, runCommand, UsageError } from "./command.ts";
import { corpusFlag, dataFlag, readFolders } from "./flags/data_flag.ts";
import { EXPECTED_ERRORS } from "./shared/expected_errors.ts";
import { addFilterFlags } from "./flags/filter_flags.ts";
import { addListFlags } from "./flags/list_flags.ts";
import { resolvePath } from "./paths.ts";
import { reportRun } from "./shared/report_run.ts";
import { addAlsoFlag, readAlso } from "./flags/recipe_flags.ts";
import { readTables, tableFlag } from "./flags/table_flag.ts";
import { addPipelineFlags, readConfig, readPlaces } from "./flags/run_flags.ts";

/** Flags that say where things are and what is printed, not what the results are. */
const FREE = new Set([
  "from",
  "data",
  "corpus",
  "out",
  "weights",
  "ear",
  "landmarks",
  "features",
  "store",
  "storeCache",
  "storeCacheSize",
  "workers",
  "json",
]);

const run = addAlsoFlag(addPipelineFlags(addListFlags(addFilterFlags(
  command("run", "Recognise emotion from voices, faces and both, and compare them.")
    .addOption(dataFlag())
    .addOption(corpusFlag())
    .addOption(tableFlag())
    .option("--from <file>", "repeat the run of this run.lock.json into RUN-repeat, and compare")
    .option("--out <dir>", "run folder: results.json and models", "out"),
))));

await runCommand(run, async (options) => {
  const { from, out, json } = options as Record<string, string | undefined>;
  if (from !== undefined) return await repeat(run, options, from);
  if (options.data === undefined) {
    throw new UsageError("--data is missing; allowed: the folder of the clips (or --from FILE)");
  }
  const tables = readTables(options);
  const places = {
    ...readPlaces(options, { ...readFolders(options), out: out! }),
    ...tables.places,
  };
  const config = { ...readConfig(options), ...tables.config };
  const also = readAlso(options, config);
  // The others first: the last table on the screen is that of the run itself.
  for (const other of also) {
    const out = join(places.out, "also", other.protocol);
    await reportRun(other, { ...places, out }, json !== undefined ? "nothing" : "table");
  }
  await reportRun(config, places, json !== undefined ? "json" : "table");
}, EXPECTED_ERRORS);

async function repeat(
  command: Command,
  options: Record<string, unknown>,
  from: string,
): Promise<void> {
  const fixed = command.options.find((option) =>
    !FREE.has(option.attributeName()) &&
    command.getOptionValueSource(option.attributeName()) === "cli"
  );
  if (fixed) {
    throw new UsageError(
      `${fixed.long} does not go with --from, which repeats a run as it was; allowed: ` +
        Array.from(FREE, (name) => `--${name}`).join(" "),
    );
  }
  const file = resolvePath(from);
  const lock = await readRunLock(file).catch((error) => {
    if (error instanceof RunLockError) throw new RunLockError(`--from ${error.message}`);
    throw error;
  });
  const given = options.data === undefined ? lock.places : readFolders(options);
  const { weights = lock.places.weights, ear = lock.places.ear, landmarks } = options as {
    weights?: string;
    ear?: string;
    landmarks?: string;
  };
  // Never over the run itself unless that is asked for.
  const out = command.getOptionValueSource("out") === "cli"
    ? String(options.out)
    : `${dirname(file)}-repeat`;
  const places = {
    ...readPlaces(
      { ...options, weights, ear, landmarks: landmarks ?? lock.places.landmarks },
      { data: given.data, folders: given.folders, out },
    ),
    tables: { ...lock.places.tables, ...readTables(options).places.tables },
  };
  await reportRun(lock.config, places, options.json === true ? "json" : "table", async (hooks) => {
    const { finished, identical, notes } = await repeatRun(lock, places, hooks);
    for (const note of notes) console.error(`note: ${note}`);
    console.error(
      identical
        ? `identical: results.json (but for provenance) and predictions.json are those of ${file}, byte for byte`
        : `different: the results are not those of ${file}`,
    );
    if (!identical) process.exitCode = EXIT_FAILED;
    return finished;
  });
}
