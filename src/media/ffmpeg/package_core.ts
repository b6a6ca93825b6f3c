import { readBytes } from "../../runtime/files/read_bytes.ts";
import { spawnWorker } from "../../runtime/workers/spawn_worker.ts";
import type { CoreSource } from "./core_source.ts";

let compiled: Promise<WebAssembly.Module> | undefined;

/** ffmpeg.wasm of the npm package, in a worker that may do nothing where the runtime restricts workers; compiled (32 MB) once a process. */
export const PACKAGE_CORE: CoreSource = {
  compiled() {
    compiled ??= readBytes(new URL(import.meta.resolve("@ffmpeg/core/wasm")))
      .then((bytes) => WebAssembly.compile(bytes))
      .catch((error) => {
        // Too many open files, say: the next one may have more luck.
        compiled = undefined;
        throw error;
      });
    return compiled;
  },
  spawn: () => spawnWorker(new URL("./ffmpeg_worker.ts", import.meta.url), "ffmpeg"),
};
