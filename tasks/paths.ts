import process from "node:process";
import { resolve } from "node:path";

/**
 * The absolute path of a flag's value. `deno task` changes into the project's folder before it runs
 * anything; the folder in which the user typed the command is kept in `INIT_CWD`, and that is what
 * a relative path means.
 */
export function resolvePath(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path);
}
