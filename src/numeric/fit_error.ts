/**
 * Thrown when samples that are sound do not allow a model to be fitted: there are too few of them, or a
 * solver does not come to an end. Other samples may do; nothing is wrong with the program.
 */
export class FitError extends Error {
  /** The error's class name. */
  override readonly name: string = "FitError";
}
