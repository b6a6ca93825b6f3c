import { readdir } from "node:fs/promises";
import { CORE_FILES, coreFile } from "../bundle/core_files.ts";
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { isMissing } from "../../src/runtime/files/file_problem.ts";
import { type Asset, type Assets, makeAsset } from "../../src/serve/assets.ts";

/**
 * Reads the files of a folder, without those of folders in it. Undefined where there is no such folder.
 *
 * @param folder The folder, ending in `/`.
 */
export async function readAssets(folder: URL): Promise<Assets | undefined> {
  const assets = new Map<string, Asset>();
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const { name } = entry;
      const bytes = await readBytes(new URL(encodeURIComponent(name), folder));
      assets.set(`/${name}`, await makeAsset(name, bytes));
    }
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return assets;
}

/**
 * The files of the page, and those of ffmpeg.wasm where they do not lie beside it, as in the npm package: it has them
 * from `@ffmpeg/core`.
 *
 * @param folder The page's folder, ending in `/`.
 */
export async function readPage(folder: URL): Promise<Assets | undefined> {
  const assets = await readAssets(folder);
  const absent = CORE_FILES.filter((name) => assets && !assets.has(`/${name}`));
  const core = absent.map(async (name): Promise<[string, Asset]> => [
    `/${name}`,
    await makeAsset(name, await readBytes(coreFile(name))),
  ]);
  return assets && new Map([...assets, ...await Promise.all(core)]);
}
