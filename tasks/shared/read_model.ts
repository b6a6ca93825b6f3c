import process from "node:process";
import { relative, resolve } from "node:path";
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Option } from "commander";
import { isMissing } from "../../src/runtime/files/file_problem.ts";
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { BundleError } from "../../src/recognize/bundle/bundle_error.ts";
import { defaultModel } from "../../src/recognize/default/default_model.ts";
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
 * Where the model for research is: in the folder in which `pretrain` makes it, or with the default.
 *
 * @throws {UsageError} If it was not made yet; the message tells how it is.
 */
async function researchModel(): Promise<string> {
  const places = [
    resolve("models/pretrained/research.emofuse"),
    fileURLToPath(new URL("research.emofuse", defaultModel())),
  ];
  for (const path of places) {
    try {
      await stat(path);
      return path;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  throw new UsageError(
    `--model ${RESEARCH} is not on this machine (${
      places[0]
    }): it learns from RAVDESS, which is bound to ` +
      'non-commercial use, and does not come with Emofuse; make it with "deno task pretrain --research --data ' +
      'crema-d=DIR --data ravdess=DIR --landmarks DIR --ear FILE"',
  );
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
  const value = file ?? fileURLToPath(defaultModel());
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
    const card = relative(process.cwd(), fileURLToPath(new URL("README.md", defaultModel())));
    console.error(`model: the default that comes with Emofuse; ${card} says how far to trust it`);
  }
  try {
    return await make(bytes);
  } catch (cause) {
    if (!(cause instanceof BundleError)) throw cause;
    throw new BundleError(`--model ${value}: ${cause.message}`, { cause });
  }
}
