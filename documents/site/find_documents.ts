import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";

/**
 * The project's own folders. What else lies in a clone, such as results, corpora and packages, is not
 * looked into.
 */
const FOLDERS: ReadonlySet<string> = new Set([
  "adapters",
  "bench",
  "deploy",
  "docs",
  "documents",
  "dsp-as",
  "exports",
  "models",
  "notebooks",
  "src",
  "tasks",
  "tests",
]);

/** Folders in them that are made, or whose documents are of others. */
const LEFT_OUT: ReadonlySet<string> = new Set(["build", "node_modules", "fixtures"]);

/**
 * Every document of the project, in Markdown or as a notebook, as a path from its folder with `/`: those
 * beside the README, and those in the project's own folders.
 *
 * @param root The project's folder.
 */
export async function findDocuments(root: string): Promise<string[]> {
  return (await documentsIn(root, "", (name) => FOLDERS.has(name))).sort();
}

async function documentsIn(
  root: string,
  folder: string,
  enters: (name: string) => boolean,
): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(entries.map((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return enters(entry.name) ? documentsIn(root, path, isOwn) : [];
    return /^[^.].*\.(md|ipynb)$/.test(entry.name) ? [path] : [];
  }));
  return found.flat();
}

function isOwn(name: string): boolean {
  return !name.startsWith(".") && !LEFT_OUT.has(name);
}
