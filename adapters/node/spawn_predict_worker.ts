import type { WorkerHandle } from "../../src/runtime/calls/port.ts";
import { spawnWorker } from "../../src/runtime/workers/spawn_worker.ts";

/** Starts a prediction worker of the Node server: `predict_worker.js` beside the bundled code. */
export function spawnPredictWorker(): WorkerHandle {
  return spawnWorker(new URL("./predict_worker.js", import.meta.url), "predict");
}
