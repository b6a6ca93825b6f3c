/** Thrown when code cannot be bundled; the message says which file and why. */
export class CodeBundleError extends Error {
  /** The error's class name. */
  override readonly name = "CodeBundleError";
}
