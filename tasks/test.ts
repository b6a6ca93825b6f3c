/**
 * `deno task test`: tests and documentation examples.
 *
 * @module
 */

import { command, runCommand } from "./command.ts";
import { namingFlag } from "./naming_flag.ts";
import { resolvePath } from "./paths.ts";
import { runDeno } from "./run_deno.ts";

/** Where tests and examples are. Code of workers and of the bench has neither. */
const EVERYTHING = [
  "mod.ts",
  "README.md",
  "docs",
  "src",
  "models",
  "tests",
  ...["browser", "bundle", "deno", "http", "node", "page", "workerd"].map((of) => `adapters/${of}`),
];

/** Tests that start programs or go through all stages; `--unit` leaves them out. */
const NO_UNITS = ["adapters", "bench", "end_to_end", "tasks"].map((of) => `tests/${of}`);

const test = command("test", "Run tests and documentation examples.")
  .argument("[paths...]", "files and folders of tests (default: all)")
  .option("--filter <text>", "only tests whose name has this in it, or matches /this/")
  .option("--unit", "only what starts no other program, as deno task test:unit does");

await runCommand(test, async ({ filter, unit }, paths) => {
  for (const path of paths) {
    const asked = { flag: "path", value: path };
    await namingFlag(asked, "cannot be read", () => Deno.stat(resolvePath(path)));
  }
  const args = [
    // Types are looked at by deno task check, those of examples too.
    "test",
    `-P=${unit ? "unit" : "test"}`,
    "--no-check",
    "--doc",
    "--parallel",
    ...(filter === undefined ? [] : [`--filter=${filter}`]),
    ...(unit ? [`--ignore=${NO_UNITS}`] : []),
    ...(paths.length === 0 ? EVERYTHING : paths.map(resolvePath)),
  ];
  Deno.exitCode = await runDeno(args);
}, []);
