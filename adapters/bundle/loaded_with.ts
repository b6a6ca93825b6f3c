import type { CodeFile } from "./bundle_code.ts";

/** Names of the files that are loaded when `entry` is, itself among them; not what is loaded only later. */
export function loadedWith(entry: string, code: readonly CodeFile[]): Set<string> {
  const names = new Set<string>();
  const add = (name: string) => {
    if (names.has(name)) return;
    names.add(name);
    code.find((file) => file.name === name)?.imports.forEach(add);
  };
  add(entry);
  return names;
}
