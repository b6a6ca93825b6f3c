import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packageFiles } from "../../../adapters/npm/package_files.ts";
import { buildPage } from "../../../tasks/page.ts";
import { cachedFolder } from "../../cached.ts";
import { memo } from "../../memo.ts";
import { npm, npmInstall } from "./npm_install.ts";

/** The npm package, packed and installed from that file by npm. It must be left as it is. */
export interface InstalledPackage {
  /** What `npm pack` made. */
  readonly tarball: string;
  /** The folder that it and its dependencies are in. */
  readonly modules: string;
}

/**
 * Packs the package and installs it into an empty folder, once for all tests of the same code.
 *
 * @throws {NpmError} If there is no npm, or no way to its registry.
 */
export const installedPackage: () => Promise<InstalledPackage> = memo(async () => {
  const folder = await cachedFolder("npm package", async (dir) => {
    await buildPage();
    for (const [name, bytes] of await packageFiles()) {
      const path = join(dir, "files", name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
    await npm(join(dir, "files"), ["pack", "--pack-destination", dir]);
    await npmInstall(join(dir, "installed"), [join(dir, await tarballIn(dir))]);
  });
  return {
    tarball: join(folder, await tarballIn(folder)),
    modules: join(folder, "installed", "node_modules"),
  };
});

async function tarballIn(folder: string): Promise<string> {
  return (await readdir(folder)).find((name) => name.endsWith(".tgz"))!;
}

/** The package's files by their paths in it. */
export async function installedFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const root = join((await installedPackage()).modules, "emofuse");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return new Map(
    await Promise.all(
      entries.filter((entry) => entry.isFile()).map(async ({ name, parentPath }) => {
        const path = join(parentPath, name);
        return [path.slice(root.length + 1), await readFile(path)] as const;
      }),
    ),
  );
}

/** A folder of a user's program, which is removed in the end. */
export interface ProgramFolder extends AsyncDisposable {
  /** Its path. */
  readonly folder: string;
}

/**
 * A new folder in which the package is installed, for the program of a user.
 *
 * @param files Texts of the program by their names.
 */
export async function programFolder(
  files: Readonly<Record<string, string>> = {},
): Promise<ProgramFolder> {
  const folder = await mkdtemp(join(tmpdir(), "emofuse-npm-"));
  await symlink((await installedPackage()).modules, join(folder, "node_modules"));
  const all = { "package.json": '{ "type": "module", "private": true }\n', ...files };
  for (const [name, text] of Object.entries(all)) await writeFile(join(folder, name), text);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

/** Names of what is in a folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
