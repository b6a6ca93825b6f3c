import { type Asset, type Assets, makeAsset } from "../../src/serve/assets.ts";

/**
 * Reads the files of a folder, without those of folders in it. Undefined where there is no such folder.
 *
 * @param folder The folder, ending in `/`.
 */
export async function readAssets(folder: URL): Promise<Assets | undefined> {
  const assets = new Map<string, Asset>();
  try {
    for await (const { name, isFile } of Deno.readDir(folder)) {
      if (!isFile) continue;
      const bytes = await Deno.readFile(new URL(encodeURIComponent(name), folder));
      assets.set(`/${name}`, await makeAsset(name, bytes));
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  return assets;
}
