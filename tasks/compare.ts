/**
 * `deno task compare RUN RUN...`: puts several runs side by side in one page.
 *
 * @module
 */

import { basename } from "node:path";
import { isMissing } from "../src/runtime/files/file_problem.ts";
import { readResults } from "../src/report/read_run.ts";
import { renderComparison } from "../src/report/render_comparison.ts";
import { ReportError } from "../src/report/report_error.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { command, runCommand, UsageError } from "./command.ts";
import { resolvePath } from "./paths.ts";

const compare = command("compare", "Put several runs side by side in one page.")
  .argument("<runs...>", "run folders, two or more; differences are taken to the first")
  .option("--out <file>", "the page", "compare.html");

await runCommand(compare, async (options) => {
  const runs = compare.args;
  if (runs.length < 2) throw new UsageError("compare needs two run folders or more");
  // The last part of a path is the name, unless runs in different folders are called the same.
  const dirs = runs.map(resolvePath);
  const names = dirs.map((dir) => basename(dir));
  const unique = new Set(names).size === names.length;
  const page = renderComparison(
    await Promise.all(dirs.map(async (dir, i) => ({
      name: unique ? names[i] : runs[i],
      results: await readResults(dir),
    }))),
  );
  const out = resolvePath(options.out as string);
  try {
    await writeFileAtomically(out, page);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UsageError(`--out ${options.out}: its folder does not exist`);
  }
  console.log(`${out} written`);
}, [ReportError]);
