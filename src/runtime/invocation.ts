import process from "node:process";
import { FROM_SOURCES } from "./how_to.ts";

/** How commands are called: as tasks of a clone, by name elsewhere, until {@linkcode calledByName} says otherwise. */
let name: string | undefined = FROM_SOURCES ? undefined : "emofuse";

/** Says that commands are called by a program of this name, as in `emofuse predict`. */
export function calledByName(program: string): void {
  name = program;
}

/** How a command is called: `deno task predict`, or `emofuse predict`. */
export function commandLine(command: string): string {
  return `${name ?? "deno task"} ${command}`;
}

/** What is said to people, in which commands are called as they called this one. */
export function asCalled(text: string): string {
  // Help is broken into lines before.
  return name === undefined ? text : text.replaceAll(/deno\s+task(?=\s)/g, name);
}

/**
 * The folder in which the user typed the command. `deno task` changes into the project's folder before it runs
 * anything, and keeps it in `INIT_CWD`.
 */
export function callersFolder(): string {
  return (name === undefined ? process.env.INIT_CWD : undefined) ?? process.cwd();
}
