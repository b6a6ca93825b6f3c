import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Thrown where npm is missing or cannot be reached. */
export class NpmError extends Error {
  /** The error's class name. */
  override readonly name = "NpmError";
}

/** What npm says where there is no way to its registry. */
const NO_WAY = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|E50\d)\b/;

/**
 * Installs packages into an empty folder, as a user does, but without running any of their scripts.
 *
 * @param folder The folder, which is made.
 * @param packages Names with versions, or paths of packed packages.
 * @throws {NpmError} If there is no npm, or no way to its registry.
 */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  await npm(folder, [
    "install",
    "--ignore-scripts",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--prefer-offline",
    ...packages,
  ]);
}

/**
 * Runs npm in a folder.
 *
 * @returns What it printed.
 * @throws {NpmError} If there is no npm, or no way to its registry.
 * @throws {Error} If it fails for another reason.
 */
export async function npm(folder: string, args: readonly string[]): Promise<string> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command("npm", { args: [...args], cwd: folder, stdin: "null" })
      .output();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw new NpmError("no npm on PATH");
    throw cause;
  }
  const [out, err] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (output.success) return out;
  if (NO_WAY.test(err)) throw new NpmError("npm does not reach its registry");
  throw new Error(`npm ${args.join(" ")}: ${err}`);
}
