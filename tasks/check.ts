/**
 * `deno task check`: format, lint, types, documentation and its links, one after the other until one fails.
 *
 * @module
 */

import process from "node:process";
import { fileURLToPath } from "node:url";
import manifest from "../deno.json" with { type: "json" };
import { checkGuides } from "../documents/site/check_guides.ts";
import { DocumentError } from "../documents/site/document_error.ts";
import { findDocuments } from "../documents/site/find_documents.ts";
import { command, runCommand } from "./command.ts";
import { reportBroken } from "./shared/report_broken.ts";
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
    "documents",
    "tests",
  ],
  ["doc", "--lint", "mod.ts", ...entries],
];

const check = command("check", "Check format, lint, types, documentation and its links.");

await runCommand(check, async () => {
  for (const args of CHECKS) {
    const code = await runDeno(args);
    if (code !== 0) {
      process.exitCode = code;
      return;
    }
  }
  const root = fileURLToPath(new URL("../", import.meta.url));
  reportBroken(await checkGuides(root, await findDocuments(root)));
}, [DocumentError]);
