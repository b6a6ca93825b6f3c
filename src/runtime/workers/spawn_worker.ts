import type { AnswerMessage } from "../calls/messages.ts";
import type { WorkerHandle } from "../calls/port.ts";
import { FROM_SOURCES } from "../invocation.ts";
import { webWorkerHandle } from "../calls/web_worker.ts";
import { nodeThreads } from "./node_threads.ts";

/** Folders and files that a worker may read or write; true are all. */
export type GrantedPaths = boolean | readonly (string | URL)[];

/** What a worker may do; what is not listed it may not. */
export interface WorkerPermissions {
  /** What it may read. */
  readonly read?: GrantedPaths;
  /** What it may write. */
  readonly write?: GrantedPaths;
}

/** What Deno has a name for. */
const NONE = {
  env: false,
  ffi: false,
  import: false,
  net: false,
  read: false,
  run: false,
  sys: false,
  write: false,
};

/**
 * Whether this is a clone, whose deno.json lets Deno restrict workers. That is unstable in Deno: a program which
 * takes Emofuse from npm or JSR has not asked for it, and would be ended.
 */
const IS_CLONE = FROM_SOURCES && import.meta.url.startsWith("file:");

/**
 * Starts a worker that runs the module `script`.
 *
 * In a clone, with Deno, it may do no more than `permissions` say. Elsewhere it may do what the program may, but for
 * the environment variables and arguments that a thread of Node does not see.
 *
 * @param name What it is for, for messages of the runtime.
 */
export function spawnWorker(
  script: URL,
  name: string,
  permissions: WorkerPermissions = {},
): WorkerHandle {
  if (typeof Worker === "function") {
    return webWorkerHandle(
      new Worker(
        script,
        {
          type: "module",
          name,
          ...IS_CLONE && { deno: { permissions: { ...NONE, ...permissions } } },
        } as WorkerOptions,
      ),
    );
  }
  return threadHandle(script, name);
}

/** A thread of Node. */
function threadHandle(script: URL, name: string): WorkerHandle {
  const { Worker } = nodeThreads();
  const thread = new Worker(script, { name, env: {}, argv: [], execArgv: [] });
  return {
    post: (request, transfer) => thread.postMessage(request, transfer),
    listen: (onMessage) => {
      thread.on("message", (answer: AnswerMessage) => onMessage(answer));
    },
    onEnd: (callback) => {
      thread.on("error", (error: Error) => callback(error.message));
      thread.on("messageerror", () => callback("its answer could not be read"));
    },
    terminate: () => void thread.terminate(),
  };
}
