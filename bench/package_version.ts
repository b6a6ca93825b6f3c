import { createRequire } from "node:module";

/** The version of an installed npm package. */
export function packageVersion(name: string): string {
  return createRequire(import.meta.url)(`${name}/package.json`).version;
}
