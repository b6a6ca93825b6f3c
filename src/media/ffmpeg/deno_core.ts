import type { CoreSource } from "./core_source.ts";

let compiled: Promise<WebAssembly.Module> | undefined;

/** ffmpeg.wasm of the npm package, in a worker without any permission; compiled (32 MB) once a process. */
export const DENO_CORE: CoreSource = {
  compiled() {
    compiled ??= Deno.readFile(new URL(import.meta.resolve("@ffmpeg/core/wasm")))
      .then((bytes) => WebAssembly.compile(bytes))
      .catch((error) => {
        // Too many open files, say: the next one may have more luck.
        compiled = undefined;
        throw error;
      });
    return compiled;
  },
  spawn() {
    return new Worker(new URL("./ffmpeg_worker.ts", import.meta.url), {
      type: "module",
      name: "ffmpeg",
      deno: { permissions: "none" },
    });
  },
};
