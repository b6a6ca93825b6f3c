import type { CallMessage } from "../calls/messages.ts";
import type { AnswerPort } from "../calls/port.ts";
import { webWorkerPort, type WorkerScope } from "../calls/web_worker.ts";
import { nodeThreads } from "./node_threads.ts";

/** The way to who started the worker that runs this. */
export function workerPort(): AnswerPort {
  const scope = globalThis as unknown as WorkerScope;
  if (typeof scope.postMessage === "function") return webWorkerPort(scope);
  const { parentPort } = nodeThreads();
  if (!parentPort) throw new Error("this is no worker");
  return {
    post: (answer, transfer) => parentPort.postMessage(answer, transfer),
    listen: (onMessage) => {
      parentPort.on("message", (call: CallMessage) => onMessage(call));
    },
  };
}
