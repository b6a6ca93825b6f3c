/** Thrown when what is to be recognised is not valid, or nothing in it can be used. */
export class InputError extends Error {
  /** The error's class name. */
  override readonly name = "InputError";
}
