import { fileURLToPath } from "node:url";
import { readBytes } from "../runtime/files/read_bytes.ts";
import { isMissing } from "../runtime/files/file_problem.ts";
import type { PackageFile } from "../../models/registry.ts";
import { WeightsError } from "../../models/weights_error.ts";

/** Where the packages are; each is named in full, so that tools see what is needed. */
const PACKAGES: Readonly<Record<PackageFile["packageName"], () => string>> = {
  "@vladmandic/face-api": () => import.meta.resolve("@vladmandic/face-api"),
  "@vladmandic/human": () => import.meta.resolve("@vladmandic/human"),
};

/**
 * The path on disk of a file that ships in an npm package.
 *
 * @throws {WeightsError} If the package is not installed in a `node_modules` folder.
 */
export function packageFilePath({ packageName, path }: PackageFile): string {
  let url: URL | undefined;
  try {
    url = new URL(path, PACKAGES[packageName]());
  } catch {
    // Reported below: a package that does not resolve is as absent as one that is not on disk.
  }
  if (url?.protocol !== "file:") {
    throw new WeightsError(
      `cannot find ${path.replaceAll("../", "")} of the npm package ${packageName}: ` +
        `it has to be in a node_modules folder ("npm install ${packageName}", or "deno install" in a clone)`,
    );
  }
  return fileURLToPath(url);
}

/**
 * Reads a file that ships in an npm package.
 *
 * @throws {WeightsError} If the package or the file is not there.
 */
export async function readPackageFile(file: PackageFile): Promise<Uint8Array<ArrayBuffer>> {
  const path = packageFilePath(file);
  try {
    return await readBytes(path);
  } catch (cause) {
    if (!(isMissing(cause))) throw cause;
    throw new WeightsError(
      `${path} is missing from the npm package ${file.packageName}: delete node_modules and install it anew`,
      { cause },
    );
  }
}
