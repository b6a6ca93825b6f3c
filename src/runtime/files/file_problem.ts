import { constants } from "node:os";

/** Why a file or folder cannot be had. */
export type FileProblem = "missing" | "no-folder" | "denied" | "exists" | "stale" | "quota";

/** Names of the systems' errors. */
const BY_CODE: Readonly<Record<string, FileProblem>> = {
  ENOENT: "missing",
  ENOTDIR: "no-folder",
  EACCES: "denied",
  EPERM: "denied",
  ERR_ACCESS_DENIED: "denied",
  EEXIST: "exists",
  ESTALE: "stale",
  EDQUOT: "quota",
};

/** Names of this system's errors by their numbers. */
const CODES: ReadonlyMap<number, string> = new Map(
  Object.entries(constants.errno).map(([name, number]) => [number, name]),
);

/**
 * The system's name of an error, such as `ENOSPC`. Some the runtimes do not know and call unknown (quotas, what NFS
 * answers): their number tells.
 *
 * @example
 * ```ts
 * import { systemCode } from "./file_problem.ts";
 * import { constants } from "node:os";
 * import assert from "node:assert/strict";
 *
 * const refused = Object.assign(new Error("write"), { code: "UNKNOWN", errno: -constants.errno.EDQUOT });
 * assert.equal(systemCode(refused), "EDQUOT");
 * ```
 */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const code = String(error.code);
  const isUnknown = code === "UNKNOWN" || code.startsWith("Unknown system error");
  if (!isUnknown || !("errno" in error)) return code;
  return CODES.get(-Number(error.errno)) ?? code;
}

/**
 * What an error of `node:fs` tells, in whichever runtime: that there is no such file or folder (`missing`), part of
 * its path is a file (`no-folder`), the system or the runtime's permissions refuse it (`denied`), something is in its
 * place (`exists`), its server has replaced or removed it while it was open (`stale`), or its owner may have no more
 * (`quota`). Undefined for any other error.
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
  const code = systemCode(error);
  return code === undefined ? undefined : BY_CODE[code];
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

/** Whether there is no such file any more, be it that NFS still knew it: whoever asks again sees how it is. */
export function isGone(error: unknown): boolean {
  return isMissing(error) || fileProblem(error) === "stale";
}
