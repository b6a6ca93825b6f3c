import { dirname, relative, resolve } from "node:path";
import { CARRIED, carriedFolder } from "./carried_packages.ts";

/** A file or a module that is found by its address: `new URL("./fold_worker.ts", import.meta.url)`. */
const BESIDE = /new URL\(\s*"(\.[^"]*)",\s*import\.meta\.url,?\s*\)/g;

/** A file of a package: `new URL("some.wasm", import.meta.resolve("some-package"))`. */
const IN_PACKAGE = /new URL\(\s*"([^"]+)",\s*import\.meta\.resolve\("([^"]+)"\),?\s*\)/g;

/** The entry of a package. */
const ENTRY = /import\.meta\.resolve\("([^"]+)"\)/g;

/** A module whose addresses hold where all code lies in one folder. */
export interface FlatModule {
  /** Its source. */
  readonly text: string;
  /** The modules that it finds by their addresses: workers. */
  readonly workers: readonly string[];
}

/**
 * Writes the addresses in a module's source anew for a folder that all code is in, one below `root`: bundlers and
 * runtimes then find the files, wherever the code ends up. Workers are found beside the code, files of carried
 * packages in the folder `packages`.
 *
 * @param text The source.
 * @param path The module's path.
 * @param root The path of the project.
 */
export function flatAddresses(text: string, path: string, root: string): FlatModule {
  const workers: string[] = [];
  const flat = text
    .replaceAll(BESIDE, (_, address: string) => {
      const target = resolve(dirname(path), address);
      if (address.endsWith(".ts")) {
        workers.push(target);
        return `new URL("./${flatName(target)}.js", import.meta.url)`;
      }
      const end = address.endsWith("/") && target !== root ? "/" : "";
      return `new URL("../${relative(root, target)}${end}", import.meta.url)`;
    })
    .replaceAll(
      IN_PACKAGE,
      (whole, file: string, name: string) =>
        CARRIED.includes(name)
          ? `new URL("../${carriedFolder(name)}${file}", import.meta.url)`
          : whole,
    )
    .replaceAll(
      ENTRY,
      (whole, name: string) =>
        CARRIED.includes(name)
          ? `new URL("../${carriedFolder(name)}", import.meta.url).href`
          : whole,
    );
  return { text: flat, workers };
}

/** The name of an entry in the one folder, without its ending. */
export function flatName(path: string): string {
  return path.replace(/^.*\//, "").replace(/\.ts$/, "");
}
