/**
 * `deno task image`: the program and the packages that it uses in a new folder, for `deploy/image/make_root.sh`.
 *
 * @module
 */

import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { copyApp } from "../adapters/image/copy_app.ts";
import { command, runCommand, UsageError } from "./command.ts";
import { resolvePath } from "./paths.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

const image = command("image", "Copy the program without what only developers need.")
  .argument("<dir>", "folder that is new or empty");

await runCommand(image, async (_, [dir]) => {
  const folder = resolvePath(dir);
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new UsageError(`${dir} is not empty; allowed: a folder that is new or empty`);
  }
  const part = `${folder}.part`;
  await rm(part, { recursive: true, force: true });
  const packages = await copyApp(ROOT, part);
  await rename(part, folder);
  console.error(`${folder}: ${packages.length} packages: ${packages.join(", ")}`);
}, []);
