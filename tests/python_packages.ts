import { tmpdir } from "node:os";
import { join } from "node:path";
import { pythonEnvironment, PythonError } from "../documents/python_environment.ts";

/** Packages of PyPI that tests use, in an environment of their own that is made once a machine. */
export class PythonPackages {
  readonly #packages: readonly string[];
  #programs: Promise<(program: string) => string> | undefined;

  /** Nothing is installed yet. */
  constructor(...packages: readonly string[]) {
    this.#packages = packages;
  }

  /**
   * The path of one of their programs.
   *
   * @throws {PythonError} If they cannot be had.
   */
  async program(name: string): Promise<string> {
    const folder = join(tmpdir(), `emofuse-${this.#packages[0].replaceAll(/\W+/g, "-")}`);
    return (await (this.#programs ??= pythonEnvironment(folder, this.#packages)))(name);
  }

  /** What is missing of them, in words; nothing where they are there. */
  async missing(): Promise<string> {
    try {
      await this.program("python");
      return "";
    } catch (error) {
      if (error instanceof PythonError) return error.message;
      throw error;
    }
  }
}
