import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { namingFlag } from "../flags/naming_flag.ts";
import { resolvePath } from "../paths.ts";

/**
 * Reads the file that `--model` names and makes what a task needs of its bytes.
 *
 * @param file The flag's value.
 * @throws {UsageError} If the file cannot be read; the message names flag and file.
 * @throws {BundleError} If `make` refuses the bundle; the message names the file.
 */
export async function readModel<T>(
  file: string,
  make: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const bytes = await namingFlag(
    { flag: "--model", value: file },
    "cannot be read",
    () => Deno.readFile(resolvePath(file)),
  );
  try {
    return await make(bytes);
  } catch (cause) {
    if (!(cause instanceof BundleError)) throw cause;
    throw new BundleError(`--model ${file}: ${cause.message}`, { cause });
  }
}
