import { FitError } from "./fit_error.ts";

/** Thrown when an iterative fit does not reach its tolerance. */
export class ConvergenceError extends FitError {
  /** The error's class name. */
  override readonly name = "ConvergenceError";
}
