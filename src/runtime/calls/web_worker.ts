import type { AnswerMessage, CallMessage } from "./messages.ts";
import type { AnswerPort, WorkerHandle } from "./port.ts";

/** A worker of the Web's kind, as Deno and browsers have it, for a `WorkerCaller`. */
export function webWorkerHandle(worker: Worker): WorkerHandle {
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    listen: (onMessage) => {
      worker.onmessage = ({ data }: MessageEvent<AnswerMessage>) => onMessage(data);
    },
    onEnd: (callback) => {
      worker.onerror = (event) => {
        // Without this the error would end the whole program.
        event.preventDefault();
        callback(event.message || "its script cannot be loaded");
      };
      worker.onmessageerror = () => callback("its answer could not be read");
    },
    terminate: () => worker.terminate(),
  };
}

/** The part of a worker's global scope that is used here. */
export interface WorkerScope {
  /** Called with every message. */
  onmessage: ((event: MessageEvent<CallMessage>) => void) | null;
  /** Posts an answer; the buffers listed are handed over. */
  postMessage(answer: AnswerMessage, transfer: Transferable[]): void;
}

/** The same worker's own end, for `answerCalls`. */
export function webWorkerPort(scope: WorkerScope): AnswerPort {
  return {
    post: (answer, transfer) => scope.postMessage(answer, transfer),
    listen: (onMessage) => {
      scope.onmessage = ({ data }) => onMessage(data);
    },
  };
}
