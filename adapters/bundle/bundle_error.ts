import type { BuildFailure } from "esbuild";

/** Thrown when code cannot be bundled; the message says which file and why. */
export class CodeBundleError extends Error {
  /** The error's class name. */
  override readonly name = "CodeBundleError";

  /** What esbuild threw, in one line; any other error is a defect, and stays what it is. */
  static of(error: unknown): unknown {
    const [first] = (error as Partial<BuildFailure>).errors ?? [];
    if (!first) return error;
    const place = first.location ? `${first.location.file}:${first.location.line}: ` : "";
    return new CodeBundleError(`${place}${first.text}`, { cause: error });
  }
}
