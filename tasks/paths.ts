import { resolve } from "node:path";
import { callersFolder } from "../src/runtime/invocation.ts";

/** The absolute path of a flag's value: relative to the folder in which the user typed the command. */
export function resolvePath(path: string): string {
  return resolve(callersFolder(), path);
}
