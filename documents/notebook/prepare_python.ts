import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isMissing } from "../../src/runtime/files/file_problem.ts";
import { writeFileAtomically } from "../../src/runtime/write_file_atomically.ts";
import { NotebookError } from "./notebook_error.ts";

/** The packages that run notebooks, with their versions. */
const REQUIREMENTS = new URL("requirements.txt", import.meta.url);

/** Where their environment is, unless told otherwise. */
const FOLDER = fileURLToPath(new URL("../../build/notebook/", import.meta.url));

/**
 * Makes a Python environment with what runs notebooks, or finds the one that was made before; the packages
 * come from PyPI.
 *
 * @param folder Where it is; what is there and was not finished, or has other versions, is made anew.
 * @returns The path of its Python.
 *
 * @throws {NotebookError} If there is no Python, it has no `venv`, or the packages cannot be had.
 */
export async function preparePython(folder: string = FOLDER): Promise<string> {
  const requirements = await readFile(REQUIREMENTS, "utf8");
  const windows = Deno.build.os === "windows";
  const python = windows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
  const stamp = join(folder, "made-of.txt");
  if (await textOf(stamp) === requirements && await starts(python)) return python;

  const system = windows ? "python" : "python3";
  if (!await starts(system)) throw new NotebookError(`no ${system} on PATH`);
  await mkdir(dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  const made = await run(system, ["-m", "venv", folder]);
  if (made !== "") {
    throw new NotebookError(
      `${system} cannot make an environment (on Debian that is the package python3-venv): ${made}`,
    );
  }
  const args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"];
  const installed = await run(python, [...args, "-r", fileURLToPath(REQUIREMENTS)]);
  if (installed !== "") {
    throw new NotebookError(`pip cannot install what runs notebooks: ${installed}`);
  }
  await writeFileAtomically(stamp, requirements);
  return python;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function starts(program: string): Promise<boolean> {
  return await run(program, ["--version"]) === "";
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
    }).output();
    if (success) return "";
    const lines = [stdout, stderr].flatMap((bytes) => new TextDecoder().decode(bytes).split("\n"));
    return lines.filter((line) => line.trim() !== "").at(-1) ?? "it failed and does not say why";
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return `there is no ${program}`;
    throw error;
  }
}
