/** Why a file or folder cannot be had. */
export type FileProblem = "missing" | "no-folder" | "denied" | "exists";

/** Names of the systems' errors. */
const BY_CODE: Readonly<Record<string, FileProblem>> = {
  ENOENT: "missing",
  ENOTDIR: "no-folder",
  EACCES: "denied",
  EPERM: "denied",
  ERR_ACCESS_DENIED: "denied",
  EEXIST: "exists",
};

/**
 * What an error of `node:fs` tells, in whichever runtime: that there is no such file or folder (`missing`), part of
 * its path is a file (`no-folder`), the system or the runtime's permissions refuse it (`denied`), or something is in
 * its place (`exists`). Undefined for any other error.
 *
 * @example
 * ```ts
 * import { fileProblem } from "./file_problem.ts";
 * import { readFile } from "node:fs/promises";
 * import assert from "node:assert/strict";
 *
 * const error = await readFile(new URL("./no_such_file", import.meta.url)).catch((e: unknown) => e);
 * assert.equal(fileProblem(error), "missing");
 * ```
 */
export function fileProblem(error: unknown): FileProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  // What Deno's permissions refuse has a class of its own and no code.
  if (error.name === "NotCapable") return "denied";
  return "code" in error ? BY_CODE[String(error.code)] : undefined;
}

/** Whether there is nothing of that path, be it that part of it is a file. */
export function isAbsent(error: unknown): boolean {
  const problem = fileProblem(error);
  return problem === "missing" || problem === "no-folder";
}

/** Whether there is no such file or folder. */
export function isMissing(error: unknown): boolean {
  return fileProblem(error) === "missing";
}
