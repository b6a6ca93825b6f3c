import type { CodeFile } from "./bundle_code.ts";

/**
 * Names of the files that are loaded when `entry` is, itself among them; not what is loaded only later.
 *
 * @example
 * ```ts
 * import { loadedWith } from "./loaded_with.ts";
 * import assert from "node:assert/strict";
 *
 * const file = { bytes: new Uint8Array(), imports: [], laterImports: [] };
 * const page = { ...file, name: "page.js", imports: ["a.js"], laterImports: ["b.js"] };
 * const code = [page, { ...file, name: "a.js" }, { ...file, name: "b.js" }];
 * assert.deepEqual([...loadedWith("page.js", code)], ["page.js", "a.js"]);
 * ```
 */
export function loadedWith(
  entry: string,
  code: readonly Pick<CodeFile, "name" | "imports">[],
): Set<string> {
  const names = new Set<string>();
  const add = (name: string) => {
    if (names.has(name)) return;
    names.add(name);
    code.find((file) => file.name === name)?.imports.forEach(add);
  };
  add(entry);
  return names;
}
