import { readFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

/** What code that runs names in quotes: modules, and files by their place. */
const NAMED = new RegExp(
  [
    /\b(?:import|export)\b(?!\s+type\b)[^;"]*?\bfrom\s*"([^"]+)"/,
    /(?:\bimport|\bimport\(|\bnew URL\(|\bimport\.meta\.resolve\()\s*"([^"]+)"/,
  ].map(({ source }) => source).join("|"),
  "g",
);

const DOCS = /\/\*\*[\s\S]*?\*\//g;

/** What a program is made of. */
export interface Reached {
  /** Its modules, by their paths. */
  readonly modules: ReadonlySet<string>;
  /** The packages that they use, without what follows their names. */
  readonly packages: ReadonlySet<string>;
}

/**
 * Follows every import, dynamic ones and those of workers among them, but not those of types.
 *
 * @param root The folder that paths begin in.
 * @param entries Modules to begin with, by their paths.
 */
export async function reachedFiles(root: string, entries: Iterable<string>): Promise<Reached> {
  const modules = new Set<string>();
  const packages = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (modules.has(path)) continue;
    modules.add(path);
    const code = (await readFile(join(root, path), "utf8")).replace(DOCS, "");
    for (const [, from, other] of code.matchAll(NAMED)) {
      const name = from ?? other;
      if (/^\.{1,2}\/.*(?<!\.d)\.ts$/.test(name)) open.push(normalize(join(dirname(path), name)));
      else if (/^[@a-z]/.test(name) && !name.includes(":")) packages.add(packageOf(name));
    }
  }
  return { modules, packages };
}

/** The package of `csv-parse/sync`. */
function packageOf(specifier: string): string {
  return specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}
