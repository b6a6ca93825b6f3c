import { Worker } from "node:worker_threads";
import type { AnswerMessage } from "../../src/runtime/calls/messages.ts";
import type { WorkerHandle } from "../../src/runtime/calls/port.ts";

/** Starts a prediction worker of the Node server: `predict_worker.js` beside the bundled code. */
export function spawnPredictWorker(): WorkerHandle {
  const worker = new Worker(new URL("./predict_worker.js", import.meta.url));
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    listen: (onMessage) => {
      worker.on("message", (answer: AnswerMessage) => onMessage(answer));
    },
    onEnd: (callback) => {
      worker.on("error", (error: Error) => callback(error.message));
      worker.on("messageerror", () => callback("its answer could not be read"));
    },
    terminate: () => {
      worker.terminate();
    },
  };
}
