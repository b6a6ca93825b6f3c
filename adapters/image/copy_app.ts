import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { copyPackages } from "./copy_packages.ts";
import { reachedFiles } from "./reached_files.ts";

/** What the command is made of: it lists the tasks of users, each of which may be started by itself. */
const COMMAND = "tasks/emofuse.ts";

/** By these the code is known (a plan asks for the very same), and found by their places. */
const WHOLE = ["LICENSE", "adapters/page/deno.json", "deno.json", "deno.lock", "mod.ts", "models"];
const FOLDERS = ["src", ...WHOLE];

/** What was built: all but stamps and what is packed for others. */
const BUILT = /^(?:[\w.]+\.wasm|page|page\/.*)$/;

/**
 * Copies the program, as it runs in a clone, without what only developers need.
 *
 * @param from The clone, installed and built.
 * @param to The new folder.
 * @returns The packages that were copied, those aside which they need.
 * @throws {Error} If something is missing in the clone; its `code` is `ENOENT`.
 */
export async function copyApp(from: string, to: string): Promise<readonly string[]> {
  const { imports } = JSON.parse(await readFile(join(from, "deno.json"), "utf8"));
  const sources = await modulesIn(from, ["src", "models"]);
  const { modules, packages } = await reachedFiles(from, [COMMAND, "mod.ts", ...sources]);
  for (const path of new Set([...FOLDERS, ...modules])) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await cp(join(from, path), join(to, path), { recursive: true });
  }
  const built = join(from, "build");
  await cp(built, join(to, "build"), {
    recursive: true,
    filter: (path) => path === built || BUILT.test(relative(built, path)),
  });
  const used = [...packages].filter((name) => Object.hasOwn(imports, name)).sort();
  await copyPackages(join(from, "node_modules"), join(to, "node_modules"), used);
  return used;
}

/** The modules of folders. */
async function modulesIn(root: string, folders: readonly string[]): Promise<string[]> {
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(join(root, folder), { recursive: true })).map((name) => join(folder, name))
    ),
  );
  return names.flat().filter((name) => /(?<!\.d)\.ts$/.test(name));
}
