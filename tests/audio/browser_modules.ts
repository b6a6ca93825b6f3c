import { stripTypeScriptTypes } from "node:module";

const root = new URL("../../", import.meta.url);
const IMPORT = /(from\s+")(\.[^"]+)\.ts(")/g;

/**
 * JavaScript of the module at `entry` (a path from the project's root) and of all that it imports, by the
 * paths of the modules with .mjs in place of .ts: what an engine without TypeScript can load.
 */
export function browserModules(entry: string): Map<string, string> {
  const modules = new Map<string, string>();
  const add = (url: URL) => {
    const path = url.href.slice(root.href.length).replace(/\.ts$/, ".mjs");
    if (modules.has(path)) return;
    const code = stripTypeScriptTypes(Deno.readTextFileSync(url));
    modules.set(path, code.replace(IMPORT, "$1$2.mjs$3"));
    for (const [, , imported] of code.matchAll(IMPORT)) add(new URL(`${imported}.ts`, url));
  };
  add(new URL(entry, root));
  return modules;
}
