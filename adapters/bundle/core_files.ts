import { fileURLToPath } from "node:url";

/** ffmpeg.wasm's own script: the name that it has beside the code. */
export const CORE_SCRIPT = "ffmpeg-core.js";

/** The files of ffmpeg.wasm that a page decodes foreign clips with, by the names that they have beside the code. */
export const CORE_FILES = [CORE_SCRIPT, "ffmpeg-core.wasm"] as const;

/** The folder of ffmpeg.wasm's package, from the project's root. */
export const CORE_PACKAGE = "node_modules/@ffmpeg/core";

const SOURCES: Readonly<Record<typeof CORE_FILES[number], string>> = {
  "ffmpeg-core.js": import.meta.resolve("@ffmpeg/core"),
  "ffmpeg-core.wasm": import.meta.resolve("@ffmpeg/core/wasm"),
};

/** Where a file of ffmpeg.wasm is to be found. */
export function coreFile(name: typeof CORE_FILES[number]): string {
  return fileURLToPath(SOURCES[name]);
}
