import { resolve } from "node:path";
import process from "node:process";
import { isCalledAsTask } from "../src/runtime/invocation.ts";

/** The absolute path of a flag's value: relative to the folder in which the user typed the command. */
export function resolvePath(path: string): string {
  // `deno task` changes into the project's folder before it runs anything, and keeps where it was called from.
  const from = isCalledAsTask() ? process.env.INIT_CWD : undefined;
  return resolve(from ?? process.cwd(), path);
}
