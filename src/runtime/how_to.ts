/**
 * Whether this code is run as it was written, as in a clone; packages and bundles are made of it, and those for edge
 * workers have no address.
 */
export const FROM_SOURCES: boolean = `${import.meta.url}`.endsWith(".ts");

/**
 * How a command is called where this code runs: `deno task weights` in a clone, `emofuse weights` elsewhere.
 *
 * @example
 * ```ts
 * import { howTo } from "./how_to.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(howTo("weights"), "deno task weights");
 * ```
 */
export function howTo(command: string): string {
  return `${FROM_SOURCES ? "deno task" : "emofuse"} ${command}`;
}

/** What to do where one of Emofuse's own WebAssembly files is missing or is not the right one. */
export const GET_WASM: string = FROM_SOURCES ? 'run "deno task build"' : "install emofuse anew";
