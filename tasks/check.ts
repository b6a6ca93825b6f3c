/**
 * `deno task check`: format, lint, types and documentation, one after the other until one fails.
 *
 * @module
 */

import process from "node:process";
import manifest from "../deno.json" with { type: "json" };
import { command, runCommand } from "./command.ts";
import { runDeno } from "./shared/run_deno.ts";

/** What users import, beside mod.ts. */
const entries = Object.values(manifest.exports).filter((path) => path !== "./mod.ts");

/** What is checked, as arguments of Deno. */
const CHECKS: readonly (readonly string[])[] = [
  ["fmt", "--check"],
  ["lint"],
  [
    "check",
    "--doc",
    "mod.ts",
    "exports",
    "README.md",
    "docs",
    "tasks",
    "src",
    "adapters",
    "models",
    "bench",
    "tests",
  ],
  ["doc", "--lint", "mod.ts", ...entries],
];

const check = command("check", "Check format, lint, types and documentation.");

await runCommand(check, async () => {
  for (const args of CHECKS) {
    const code = await runDeno(args);
    if (code !== 0) {
      process.exitCode = code;
      return;
    }
  }
}, []);
