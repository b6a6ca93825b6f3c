import { writeFile } from "node:fs/promises";
import { fileProblem } from "./file_problem.ts";

/**
 * Writes a file that is not there yet. Whoever opens it meanwhile may see less of it than that.
 *
 * @returns Whether it was written; false where there is one.
 *
 * @throws {Error} What the system says, if it cannot be written.
 */
export async function writeNewFile(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (fileProblem(error) === "exists") return false;
    throw error;
  }
}
