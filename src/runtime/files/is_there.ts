import { stat } from "node:fs/promises";
import { isAbsent } from "./file_problem.ts";

/**
 * Whether there is a file or a folder of that path.
 *
 * @throws {Error} What the system says, if it does not let one look.
 *
 * @example
 * ```ts
 * import { isThere } from "./is_there.ts";
 * import { fileURLToPath } from "node:url";
 * import assert from "node:assert/strict";
 *
 * assert(await isThere(fileURLToPath(new URL("./is_there.ts", import.meta.url))));
 * assert.equal(await isThere(fileURLToPath(new URL("./no_such_file", import.meta.url))), false);
 * ```
 */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
