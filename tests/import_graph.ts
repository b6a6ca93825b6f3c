import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT: string = fileURLToPath(new URL("../", import.meta.url));

/** One import of a module. */
export interface Import {
  /** The path or package as it is written. */
  readonly path: string;
  /** Whether it is only of types, and so no import at all when the program runs. */
  readonly typesOnly: boolean;
}

const IMPORT = new RegExp(
  [
    // import type {...} from, export type {...} from
    /\b(?:import|export) (?<typed>type) [^;"]*?from\s*"(?<typedFrom>[^"]+)"/,
    // import ... from, export ... from
    /\b(?:import|export)\b(?<names>[^;"]*?)\bfrom\s*"(?<from>[^"]+)"/,
    // for side effects, when it is needed, or as a worker
    /(?:\bimport|\bimport\(|\bnew URL\()\s*"(?<other>[^"]+)"/,
  ].map(({ source }) => source).join("|"),
  "g",
);

/** What a module imports: statically, when it is needed, for its side effects, or as a worker. */
export function importsOf(code: string): Import[] {
  return Array.from(withoutDocs(code).matchAll(IMPORT), ({ groups }) => {
    const { typedFrom, names, from, other } = groups!;
    if (typedFrom !== undefined) return { path: typedFrom, typesOnly: true };
    return { path: from ?? other, typesOnly: names !== undefined && namesTypesOnly(names) };
  });
}

/** Whether every name in `{ type A, type B }` is that of a type. */
function namesTypesOnly(names: string): boolean {
  const list = /^\s*\{(.*)\}\s*$/s.exec(names)?.[1];
  const each = (list ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
  return each.length > 0 && each.every((name) => name.startsWith("type "));
}

/** Examples in documentation are no code of the house. */
export function withoutDocs(code: string): string {
  return code.replace(/\/\*\*[\s\S]*?\*\//g, "");
}

/** The modules of a folder and of those in it, but for packages that a bench installed, as paths from the project's folder. */
export function modulesIn(folder: string): string[] {
  return Array.from(Deno.readDirSync(join(ROOT, folder))).flatMap(({ name, isDirectory }) => {
    if (name === "node_modules") return [];
    const path = join(folder, name);
    return isDirectory ? modulesIn(path) : /(?<!\.d)\.ts$/.test(name) ? [path] : [];
  });
}

/** The code of a module. */
export function codeOf(module: string): string {
  return Deno.readTextFileSync(join(ROOT, module));
}

/** The modules of the project that `module` imports. */
export function importedBy(module: string): { target: string; typesOnly: boolean }[] {
  return importsOf(codeOf(module))
    .filter(({ path }) => /^\..*(?<!\.d)\.ts$/.test(path))
    .map(({ path, typesOnly }) => ({
      target: relative(ROOT, normalize(join(ROOT, dirname(module), path))),
      typesOnly,
    }));
}

/**
 * The circles among `modules`: sets of modules each of which reaches all others of its set (Tarjan, Depth-first
 * search and linear graph algorithms, SIAM J. Comput. 1972).
 *
 * @param targets What a module imports; modules that are none of `modules` are left out.
 */
export function circlesIn(
  modules: readonly string[],
  targets: (module: string) => readonly string[],
): string[][] {
  const known = new Set(modules);
  const number = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const circles: string[][] = [];
  const visit = (module: string) => {
    const own = number.size;
    number.set(module, own);
    lowest.set(module, own);
    path.push(module);
    for (const target of targets(module).filter((target) => known.has(target))) {
      if (!number.has(target)) visit(target);
      if (path.includes(target)) {
        lowest.set(module, Math.min(lowest.get(module)!, lowest.get(target)!));
      }
    }
    if (lowest.get(module) !== own) return;
    const circle = path.splice(path.indexOf(module));
    if (circle.length > 1 || targets(module).includes(module)) circles.push(circle.sort());
  };
  for (const module of modules) if (!number.has(module)) visit(module);
  return circles;
}

/**
 * Everything that `module` imports, directly or by way of others, with the way there.
 *
 * @param targets What a module imports.
 */
export function reachedFrom(
  module: string,
  targets: (module: string) => readonly string[],
): Map<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>([[module, [module]]]);
  // A map is walked in the order of insertion, entries added on the way included.
  for (const [from, way] of ways) {
    for (const target of targets(from)) {
      if (!ways.has(target)) ways.set(target, [...way, target]);
    }
  }
  return ways;
}
