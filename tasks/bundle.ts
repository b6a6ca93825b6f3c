/**
 * `deno task bundle`: code and WebAssembly for the browser, Node and Cloudflare Workers, into
 * build/edge/ or another folder.
 *
 * @module
 */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CodeBundleError } from "../adapters/bundle/bundle_error.ts";
import {
  EDGE_TARGETS,
  edgeFiles,
  type EdgeModel,
  type EdgeTarget,
} from "../adapters/bundle/edge_files.ts";
import {
  checkReplaceable,
  OccupiedFolderError,
  writeFolder,
} from "../adapters/bundle/write_folder.ts";
import { decodeBundle } from "../src/recognize/bundle/bundle.ts";
import { BundleError } from "../src/recognize/bundle/bundle_error.ts";
import { checkWritableFolder } from "./shared/check_writable.ts";
import { choice, command, runCommand, UsageError } from "./command.ts";
import { resolvePath } from "./paths.ts";
import { modelFlag, readModel } from "./shared/read_model.ts";

const bundle = command("bundle", "Bundle the recogniser for the browser, Node and edge workers.")
  .addOption(modelFlag())
  .option("--no-model", "code alone, for browsers and Node")
  .addOption(choice("--target <name>", "only this one", EDGE_TARGETS))
  .option("--out <dir>", "folder to write a folder for each target into (default: build/edge)");

await runCommand(bundle, async ({ model: file, target, out }) => {
  const targets = target
    ? [target as EdgeTarget]
    : EDGE_TARGETS.filter((name) => name !== "workerd" || file !== false);
  if (file === false && target === "workerd") {
    throw new UsageError(
      "--target workerd is deployed with its model; allowed: without --no-model",
    );
  }
  const folder = out === undefined
    ? fileURLToPath(new URL("../build/edge", import.meta.url))
    : resolvePath(String(out));
  await checkOut(folder, targets, out === undefined ? folder : String(out));
  const model: EdgeModel | undefined = file === false ? undefined : await readModel(
    file as string | undefined,
    async (bytes) => ({ bytes, card: (await decodeBundle(bytes)).card }),
  );
  for (const name of targets) {
    const files = await edgeFiles(name, model);
    await writeFolder(join(folder, name), files);
    const bytes = files.values().reduce((sum, { length }) => sum + length, 0);
    console.error(`${join(folder, name)}: ${files.size} files, ${(bytes / 1e6).toFixed(2)} MB`);
  }
}, [CodeBundleError, BundleError]);

/** Learns before the work whether the folders can be written, and that nothing of others is lost. */
async function checkOut(
  folder: string,
  targets: readonly EdgeTarget[],
  value: string,
): Promise<void> {
  await checkWritableFolder(folder, { flag: "--out", value });
  try {
    for (const name of targets) await checkReplaceable(join(folder, name));
  } catch (error) {
    if (!(error instanceof OccupiedFolderError)) throw error;
    throw new UsageError(`--out ${value}: ${error.message}`);
  }
}
