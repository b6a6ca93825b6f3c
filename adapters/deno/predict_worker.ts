/**
 * The worker in which `deno task serve` predicts. It may read the WebAssembly modules, and nothing else.
 *
 * @module
 */

import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { workerPort } from "../../src/runtime/workers/worker_port.ts";
import { servePredictions } from "../../src/serve/worker/serve_predictions.ts";

servePredictions(workerPort(), loadRecognizer);
