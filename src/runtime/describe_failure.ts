import { type FileProblem, fileProblem, systemCode } from "./files/file_problem.ts";

/** What is said of each problem. */
const WORDS: Readonly<Record<FileProblem, string>> = {
  "denied": "access is not allowed",
  "missing": "there is no such file or folder",
  "exists": "a file of that name is in its place",
  "no-folder": "part of its path is a file and no folder",
  "stale": "its server has replaced or removed it meanwhile",
  "quota": "the disk quota is used up",
};

/**
 * What the system or Deno refused, in a few words for people: without Deno's advice to grant more
 * permissions, which does not help here.
 *
 * @example
 * ```ts
 * import { describeFailure } from "./describe_failure.ts";
 * import { readFile } from "node:fs/promises";
 * import assert from "node:assert/strict";
 *
 * assert.equal(describeFailure(new Deno.errors.NotCapable("Requires all access")), "access is not allowed");
 * assert.equal(describeFailure(new Error("the disk is full")), "the disk is full");
 * const error = await readFile(new URL("./no_such_file", import.meta.url)).catch((e: unknown) => e);
 * assert.match(describeFailure(error), /no such file/);
 * ```
 */
export function describeFailure(error: unknown): string {
  const problem = fileProblem(error);
  if (problem !== undefined) return WORDS[problem];
  return error instanceof Error ? error.message : String(error);
}

/** Whether the system refused something (no space, no access, no such folder): no defect of Emofuse. */
export function isSystemFailure(error: unknown): error is Error {
  return error instanceof Error && (
    fileProblem(error) !== undefined ||
    /^E[A-Z0-9]+$/.test(systemCode(error) ?? "")
  );
}
