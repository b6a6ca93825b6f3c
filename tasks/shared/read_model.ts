import { stat } from "node:fs/promises";
import { isMissing } from "../../src/runtime/files/file_problem.ts";
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { fileURLToPath } from "node:url";
import { Option } from "commander";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { DEFAULT_MODEL } from "../../src/recognize/default/default_model.ts";
import { UsageError } from "../command.ts";
import { namingFlag } from "../flags/naming_flag.ts";
import { resolvePath } from "../paths.ts";

/** The flag that names a bundle. */
export function modelFlag(): Option {
  return new Option(
    "--model <file>",
    "a bundle that deno task train wrote, or research, the one that deno task pretrain --research made (default: " +
      "the one that comes with Emofuse)",
  );
}

/** What `--model` calls the model for research. */
const RESEARCH = "research";

/**
 * Where the model for research is.
 *
 * @throws {UsageError} If it was not made yet; the message tells how it is.
 */
async function researchModel(): Promise<string> {
  const path = fileURLToPath(new URL("research.emofuse", DEFAULT_MODEL));
  try {
    await stat(path);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UsageError(
      `--model ${RESEARCH} is not on this machine (${path}): it learns from RAVDESS, which is bound to non-commercial ` +
        'use, and does not come with Emofuse; make it with "deno task pretrain --research" (docs/pretrained.md)',
    );
  }
  return path;
}

/**
 * Reads the file that `--model` names, or else the model that comes with Emofuse, and makes what a task needs of
 * its bytes. That it is the default is told once, on standard error.
 *
 * @param file The flag's value.
 * @throws {UsageError} If the model for research is asked for and was not made, or if the file cannot be read; the message names flag and file.
 * @throws {BundleError} If `make` refuses the bundle; the message names the file.
 */
export async function readModel<T>(
  file: string | undefined,
  make: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const value = file ?? fileURLToPath(DEFAULT_MODEL);
  const path = file === undefined
    ? value
    : file === RESEARCH
    ? await researchModel()
    : resolvePath(file);
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
