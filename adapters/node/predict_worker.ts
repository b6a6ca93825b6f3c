/**
 * The worker thread in which the Node server predicts.
 *
 * @module
 */

import { workerPort } from "../../src/runtime/workers/worker_port.ts";
import { servePredictions } from "../../src/serve/worker/serve_predictions.ts";
import { loadRecognizer } from "./load_recognizer.ts";

servePredictions(workerPort(), loadRecognizer);
