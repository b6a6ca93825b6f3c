import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { fileURLToPath } from "node:url";
import { Option } from "commander";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { DEFAULT_MODEL } from "../../src/recognize/default/default_model.ts";
import { namingFlag } from "../flags/naming_flag.ts";
import { resolvePath } from "../paths.ts";

/** The flag that names a bundle. */
export function modelFlag(): Option {
  return new Option(
    "--model <file>",
    "a bundle that deno task train wrote (default: the one that comes with Emofuse)",
  );
}

/**
 * Reads the file that `--model` names, or else the model that comes with Emofuse, and makes what a task needs of
 * its bytes. That it is the default is told once, on standard error.
 *
 * @param file The flag's value.
 * @throws {UsageError} If the file cannot be read; the message names flag and file.
 * @throws {BundleError} If `make` refuses the bundle; the message names the file.
 */
export async function readModel<T>(
  file: string | undefined,
  make: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const value = file ?? fileURLToPath(DEFAULT_MODEL);
  const path = file === undefined ? value : resolvePath(file);
  const bytes = await namingFlag(
    { flag: "--model", value },
    "cannot be read",
    () => readBytes(path),
  );
  if (file === undefined) {
    console.error(
      "model: the default that comes with Emofuse; models/pretrained/README.md says how far to trust it",
    );
  }
  try {
    return await make(bytes);
  } catch (cause) {
    if (!(cause instanceof BundleError)) throw cause;
    throw new BundleError(`--model ${value}: ${cause.message}`, { cause });
  }
}
