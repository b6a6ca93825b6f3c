import type { WorkerHandle } from "../../src/runtime/calls/port.ts";
import { spawnWorker } from "../../src/runtime/workers/spawn_worker.ts";

/** The folders that hold the WebAssembly modules: Emofuse's own, and those of npm packages. */
const READABLE = ["build", "node_modules"].map((name) =>
  new URL(`../../${name}/`, import.meta.url)
);

/** Starts a prediction worker of `deno task serve`, with no permission but to read WebAssembly. */
export function spawnPredictWorker(): WorkerHandle {
  return spawnWorker(new URL("./predict_worker.ts", import.meta.url), "predict", {
    read: READABLE,
  });
}
