/**
 * `deno task page`: the page that `deno task serve` shows at `/`, into build/page/, when something that it
 * is made of changed. What is deployed (build/edge/, by `deno task bundle`) is another folder.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readBytes } from "../src/runtime/files/read_bytes.ts";
import { CodeBundleError } from "../adapters/bundle/bundle_error.ts";
import { WASM_FILES, wasmFile } from "../adapters/bundle/wasm_files.ts";
import { OccupiedFolderError, writeFolder } from "../adapters/bundle/write_folder.ts";
import { command, runCommand } from "./command.ts";
import { digest, isFresh, readSources, writeStamp } from "./shared/stamp.ts";

/** The folders whose code the page is bundled from, or that bundle it. */
const FOLDERS = ["adapters/browser", "adapters/bundle", "adapters/page", "models", "src"];

/** The files that say which packages, and in which versions, are bundled with it. */
const VERSIONS = ["deno.json", "deno.lock", "adapters/page/deno.json"];

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Where the page is. */
export const PAGE_FOLDER = join(ROOT, "build", "page");

/**
 * Brings a page up to date and says whether it had to be written.
 *
 * @param folder Where it is; its stamp lies beside it.
 * @throws {CodeBundleError} If the code cannot be bundled.
 * @throws {OccupiedFolderError} If the folder holds files of others.
 */
export async function buildPage(folder = PAGE_FOLDER): Promise<boolean> {
  const inputs = await digestOfInputs();
  const stamp = `${folder}.stamp.json`;
  if (await isFresh(stamp, inputs, folder)) return false;
  // Only here: loading esbuild takes longer than finding out that it is not needed.
  const { edgeFiles } = await import("../adapters/bundle/edge_files.ts");
  const files = await edgeFiles("browser");
  await writeFolder(folder, files);
  await writeStamp(stamp, inputs, files);
  return true;
}

async function digestOfInputs(): Promise<string> {
  const texts = FOLDERS.flatMap((folder) =>
    [".ts", ".html", ".css"].flatMap((end) => [
      ...readSources(join(ROOT, folder), end, `${folder}/`),
    ])
  );
  for (const name of VERSIONS) texts.push([name, await readFile(join(ROOT, name), "utf8")]);
  for (const name of WASM_FILES) texts.push([name, digest(await readBytes(wasmFile(name)))]);
  return digest(JSON.stringify(texts.sort()));
}

if (import.meta.main) {
  await runCommand(
    command("page", "Bundle the page that deno task serve shows, when something changed."),
    async () => {
      if (await buildPage()) console.error(`${PAGE_FOLDER}: the page`);
    },
    [CodeBundleError, OccupiedFolderError],
  );
}
