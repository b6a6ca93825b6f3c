import type { WorkerAnswer, WorkerHandle } from "../../src/serve/worker/messages.ts";

/** The folders that hold the WebAssembly modules: Emofuse's own, and those of npm packages. */
const READABLE = ["build", "node_modules"].map((name) =>
  new URL(`../../${name}/`, import.meta.url)
);

/** Starts a prediction worker of `deno task serve`, with no permission but to read WebAssembly. */
export function spawnPredictWorker(): WorkerHandle {
  const worker = new Worker(new URL("./predict_worker.ts", import.meta.url), {
    type: "module",
    name: "predict",
    deno: { permissions: { read: READABLE } },
  });
  return {
    post: (request, transfer) => worker.postMessage(request, transfer),
    listen: (onMessage) => {
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => onMessage(data);
    },
    onEnd: (callback) => {
      worker.onerror = (event) => {
        // Without this the error would end the whole program.
        event.preventDefault();
        callback(event.message);
      };
      worker.onmessageerror = () => callback("its answer could not be read");
    },
    terminate: () => worker.terminate(),
  };
}
