import type { WorkerHandle } from "../../runtime/calls/port.ts";

/** Where an `FfmpegCore` has its parts from, which differs between runtimes. */
export interface CoreSource {
  /** The compiled `ffmpeg-core.wasm`, which every worker instantiates. */
  compiled(): Promise<WebAssembly.Module>;
  /** Starts a worker with `ffmpeg_worker.ts`. */
  spawn(): WorkerHandle;
}
