/**
 * The worker thread in which the Node server predicts.
 *
 * @module
 */

import { parentPort } from "node:worker_threads";
import type { CallMessage } from "../../src/runtime/calls/messages.ts";
import { servePredictions } from "../../src/serve/worker/serve_predictions.ts";
import { loadRecognizer } from "./load_recognizer.ts";

servePredictions({
  post: (answer, transfer) => parentPort!.postMessage(answer, transfer),
  listen: (onMessage) => parentPort!.on("message", (call: CallMessage) => onMessage(call)),
}, loadRecognizer);
