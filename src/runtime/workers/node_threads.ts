import type * as threads from "node:worker_threads";
import { builtinModule } from "../builtin_module.ts";

/**
 * Node's worker threads, where the runtime has no workers of the Web's kind.
 *
 * @throws {Error} If there are neither.
 */
export function nodeThreads(): typeof threads {
  const found = builtinModule<typeof threads>("node:worker_threads");
  if (!found) throw new Error("this runtime has no workers: Node 20.16 or later is needed");
  return found;
}
