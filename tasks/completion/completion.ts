/**
 * `emofuse completion`: what has a shell complete commands, flags and files.
 *
 * @module
 */

import { Argument } from "commander";
import { command, runCommand } from "../command.ts";
import { printScript, SHELLS } from "./print_completions.ts";

const completion = command(
  "completion",
  "Print the script that has a shell complete commands, flags and files.",
)
  .addArgument(new Argument("<shell>", "which shell it is for").choices(SHELLS));

await runCommand(completion, async (_, [shell]) => printScript(shell), []);
