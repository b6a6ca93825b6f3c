import manifest from "../../deno.json" with { type: "json" };

/** Emofuse's version. */
export const VERSION: string = manifest.version;

/** The licence of its code. */
export const LICENCE: string = manifest.license;

/** The ffmpeg.wasm that decodes: `@ffmpeg/core@0.12.10`. */
export const FFMPEG_CORE: string = manifest.imports["@ffmpeg/core"].replace("npm:", "");

/** The packages that Emofuse is made with, each with its version: `fflate@0.8.2`. */
export const PACKAGES: readonly string[] = Object.values(manifest.imports)
  .filter((specifier) => specifier.startsWith("npm:"))
  .map((specifier) => specifier.replace("npm:", ""));
