import type * as threads from "node:worker_threads";

/**
 * Node's worker threads, where the runtime has no workers of the Web's kind. They are asked for and not imported: an
 * import would keep the module from browsers.
 *
 * @throws {Error} If there are neither.
 */
export function nodeThreads(): typeof threads {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): typeof threads | undefined };
  };
  const found = process?.getBuiltinModule?.("node:worker_threads");
  if (!found) throw new Error("this runtime has no workers: Node 20.16 or later is needed");
  return found;
}
