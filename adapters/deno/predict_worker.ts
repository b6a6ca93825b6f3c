/**
 * The worker in which `deno task serve` predicts. It may read the WebAssembly modules, and nothing else.
 *
 * @module
 */

import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { WorkerAnswer, WorkerRequest } from "../../src/serve/worker/messages.ts";
import { servePredictions } from "../../src/serve/worker/serve_predictions.ts";

/** The part of a worker's global scope that is used here. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<WorkerRequest>) => void) | null;
  postMessage(answer: WorkerAnswer, transfer: Transferable[]): void;
}

const scope = self as unknown as WorkerScope;

servePredictions({
  post: (answer, transfer) => scope.postMessage(answer, transfer),
  listen: (onMessage) => {
    scope.onmessage = ({ data }) => onMessage(data);
  },
}, loadRecognizer);
