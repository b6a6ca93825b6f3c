import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing } from "../src/runtime/files/file_problem.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";

/** Thrown when a Python environment cannot be made; the message says what is missing. */
export class PythonError extends Error {
  /** The error's class name. */
  override readonly name = "PythonError";
}

/** How long Python and pip may take, in ms. */
const PATIENCE = 600_000;

/**
 * Makes a Python environment with packages of PyPI, or finds the one that was made before.
 *
 * @param folder Where it is; what is there and was not finished, or has other packages, is made anew.
 * @param packages Names with versions: `moto==5.2.5`.
 * @returns Gives the path of one of its programs, such as `python`.
 *
 * @throws {PythonError} If there is no Python, it has no `venv`, or the packages cannot be had.
 */
export async function pythonEnvironment(
  folder: string,
  packages: readonly string[],
): Promise<(program: string) => string> {
  const windows = Deno.build.os === "windows";
  const pathOf = (program: string) =>
    windows ? join(folder, "Scripts", `${program}.exe`) : join(folder, "bin", program);
  const stamp = join(folder, "made-of.txt");
  const text = `${packages.join("\n")}\n`;
  if (await textOf(stamp) === text && await run(pathOf("python"), ["--version"]) === "") {
    return pathOf;
  }
  const system = windows ? "python" : "python3";
  if (await run(system, ["--version"]) !== "") throw new PythonError(`no ${system} on PATH`);
  await mkdir(dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  const made = await run(system, ["-m", "venv", folder]);
  if (made !== "") {
    throw new PythonError(
      `${system} cannot make an environment (on Debian that is the package python3-venv): ${made}`,
    );
  }
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
  const installed = await run(pathOf("python"), [...pip, "--no-compile", ...packages]);
  if (installed !== "") {
    throw new PythonError(`pip cannot install ${packages.join(", ")}: ${installed}`);
  }
  await writeFileAtomically(stamp, text);
  return pathOf;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Runs a program; the last line of what it complained of where it failed, else nothing. */
async function run(program: string, args: readonly string[]): Promise<string> {
  try {
    // A missing program throws here at once: there is no promise yet that could be rejected.
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      signal: AbortSignal.timeout(PATIENCE),
    }).output();
    if (success) return "";
    const lines = [stdout, stderr].flatMap((bytes) => new TextDecoder().decode(bytes).split("\n"));
    return lines.filter((line) => line.trim() !== "").at(-1) ?? "it failed and does not say why";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no ${program}`;
    throw error;
  }
}
