/**
 * `deno task test`: tests and documentation examples.
 *
 * @module
 */

import process from "node:process";
import { readdir, stat } from "node:fs/promises";
import { command, runCommand } from "./command.ts";
import { namingFlag } from "./flags/naming_flag.ts";
import { resolvePath } from "./paths.ts";
import { runDeno } from "./shared/run_deno.ts";

/** Where tests and examples are. Code of workers and of the bench has neither. */
const EVERYTHING = [
  "mod.ts",
  "exports",
  "README.md",
  "docs",
  "src",
  "models",
  "documents",
  "tests",
  ...["browser", "bundle", "deno", "http", "node", "page", "workerd"].map((of) => `adapters/${of}`),
];

/** Folders of tests that start programs or go through all stages; `--unit` leaves them out. */
const NO_UNITS = new Set(["adapters", "bench", "deploy", "end_to_end", "tasks"]);

const test = command("test", "Run tests and documentation examples.")
  .argument("[paths...]", "files and folders of tests (default: all)")
  .option("--filter <text>", "only tests whose name has this in it, or matches /this/")
  .option("--unit", "only what starts no other program, as deno task test:unit does");

await runCommand(test, async ({ filter, unit }, paths) => {
  for (const path of paths) {
    const asked = { flag: "path", value: path };
    await namingFlag(asked, "cannot be read", () => stat(resolvePath(path)));
  }
  const args = [
    // Types are looked at by deno task check, those of examples too.
    "test",
    `-P=${unit ? "unit" : "test"}`,
    "--no-check",
    "--doc",
    "--parallel",
    ...(filter === undefined ? [] : [`--filter=${filter}`]),
    ...(paths.length > 0 ? paths.map(resolvePath) : unit ? await units() : EVERYTHING),
  ];
  process.exitCode = await runDeno(args);
}, []);

/** Where the tests and examples are that start no program. */
async function units(): Promise<string[]> {
  const tests: string[] = [];
  for (
    const entry of await readdir(new URL("../tests", import.meta.url), { withFileTypes: true })
  ) {
    const { name } = entry;
    const own = entry.isDirectory() ? !NO_UNITS.has(name) : name.endsWith("_test.ts");
    if (own) tests.push(`tests/${name}`);
  }
  return [...EVERYTHING.filter((path) => path !== "tests"), ...tests.sort()];
}
