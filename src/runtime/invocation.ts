/**
 * Whether this code is run as it was written, as in a clone; packages and bundles are made of it, and those for edge
 * workers have no address.
 */
export const FROM_SOURCES: boolean = `${import.meta.url}`.endsWith(".ts");

/** How commands are called: as tasks of a clone, by name elsewhere, until {@linkcode calledByName} says otherwise. */
let name: string | undefined = FROM_SOURCES ? undefined : "emofuse";

/** Says that commands are called by a program of this name, as in `emofuse predict`. */
export function calledByName(program: string): void {
  name = program;
}

/** Whether commands are tasks of a clone, not those of a program. */
export function isCalledAsTask(): boolean {
  return name === undefined;
}

/**
 * How a command is called: `deno task weights` in a clone, `emofuse weights` elsewhere.
 *
 * @example
 * ```ts
 * import { commandLine } from "./invocation.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(commandLine("weights"), "deno task weights");
 * ```
 */
export function commandLine(command: string): string {
  return `${name ?? "deno task"} ${command}`;
}

/** What is said to people, in which commands are called as they called this one. */
export function asCalled(text: string): string {
  // Help is broken into lines before.
  return name === undefined ? text : text.replaceAll(/deno\s+task(?=\s)/g, name);
}

/** What to do where one of Emofuse's own WebAssembly files is missing or is not the right one. */
export const GET_WASM: string = FROM_SOURCES ? 'run "deno task build"' : "install emofuse anew";
