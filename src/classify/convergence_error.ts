/** Thrown when an iterative fit does not reach its tolerance. */
export class ConvergenceError extends Error {
  /** The error's class name. */
  override readonly name = "ConvergenceError";
}
