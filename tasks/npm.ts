/**
 * `deno task npm`: the npm package, in build/npm.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { OccupiedFolderError, writeFolder } from "../adapters/bundle/write_folder.ts";
import { CodeBundleError } from "../adapters/bundle/bundle_error.ts";
import { EmitError } from "../adapters/npm/emit_declarations.ts";
import { packageFiles } from "../adapters/npm/package_files.ts";
import { command, runCommand } from "./command.ts";

/** Where the package is. */
const FOLDER = fileURLToPath(new URL("../build/npm", import.meta.url));

await runCommand(
  command("npm", "Make the npm package in build/npm, for npm pack and npm publish."),
  async () => {
    const files = await packageFiles();
    await writeFolder(FOLDER, files);
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    console.log(`${FOLDER}: ${files.size} files, ${(bytes / 1e6).toFixed(1)} MB`);
  },
  [CodeBundleError, EmitError, OccupiedFolderError],
);
