import { link } from "node:fs/promises";
import { fileProblem, systemCode } from "./file_problem.ts";

/**
 * Gives a file a second name, in one step that no two can do: whoever opens that name sees the whole file.
 *
 * @returns Whether it has it; false where another file has the name.
 *
 * @throws {Error} What the system says, if there is no such file, or there are no hard links ({@linkcode lacksLinks}).
 *
 * @example
 * ```ts
 * import { linkFile } from "./link_file.ts";
 * import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
 * import { tmpdir } from "node:os";
 * import { join } from "node:path";
 * import assert from "node:assert/strict";
 *
 * const dir = await mkdtemp(join(tmpdir(), "link-"));
 * await writeFile(join(dir, "first"), "text");
 * assert.equal(await linkFile(join(dir, "first"), join(dir, "second")), true);
 * assert.equal(await readFile(join(dir, "second"), "utf8"), "text");
 * assert.equal(await linkFile(join(dir, "first"), join(dir, "second")), false);
 * await rm(dir, { recursive: true });
 * ```
 */
export async function linkFile(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (fileProblem(error) === "exists") return false;
    throw error;
  }
}

/** What systems answer where there are no hard links, or none from one folder to another (AFS). */
const NO_LINKS: ReadonlySet<unknown> = new Set([
  ...["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV"],
]);

/** Whether a file was not linked as its file system has no hard links. */
export function lacksLinks(error: unknown): boolean {
  return NO_LINKS.has(systemCode(error));
}
