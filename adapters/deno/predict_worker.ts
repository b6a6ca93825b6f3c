/**
 * The worker in which `deno task serve` predicts. It may read the WebAssembly modules, and nothing else.
 *
 * @module
 */

import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { webWorkerPort, type WorkerScope } from "../../src/runtime/calls/web_worker.ts";
import { servePredictions } from "../../src/serve/worker/serve_predictions.ts";

servePredictions(webWorkerPort(self as unknown as WorkerScope), loadRecognizer);
