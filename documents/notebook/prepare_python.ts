import { fileURLToPath } from "node:url";
import { pythonEnvironment } from "../python_environment.ts";

/** What runs notebooks. */
const PACKAGES = [
  "nbclient==0.11.0",
  "nbformat==5.11.1",
  "jupyter_client==8.10.0",
  "jupyter_core==5.9.1",
];

/** Where their environment is. */
const FOLDER = fileURLToPath(new URL("../../build/notebook", import.meta.url));

/**
 * Makes a Python environment with what runs notebooks, or finds the one that was made before.
 *
 * @returns The path of its Python.
 *
 * @throws {PythonError} If there is no Python, it has no `venv`, or the packages cannot be had.
 */
export async function preparePython(): Promise<string> {
  return (await pythonEnvironment(FOLDER, PACKAGES))("python");
}
