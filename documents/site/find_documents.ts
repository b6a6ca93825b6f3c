import { readdir } from "node:fs/promises";
import { join, posix } from "node:path";

/** Folders that are made, or whose documents are of others. */
const LEFT_OUT: ReadonlySet<string> = new Set(["build", "node_modules", "fixtures"]);

/**
 * Every document of the project, in Markdown or as a notebook, as a path from its folder with `/`.
 *
 * @param root The project's folder.
 */
export async function findDocuments(root: string): Promise<string[]> {
  return (await documentsIn(root, "")).sort();
}

async function documentsIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(entries.map((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.name.startsWith(".") || LEFT_OUT.has(entry.name)) return [];
    if (entry.isDirectory()) return documentsIn(root, path);
    return /\.(md|ipynb)$/.test(entry.name) ? [path] : [];
  }));
  return found.flat();
}
