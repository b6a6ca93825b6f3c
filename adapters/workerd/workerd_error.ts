/** Thrown when workerd cannot be had or does not start. */
export class WorkerdError extends Error {
  /** The error's class name. */
  override readonly name = "WorkerdError";
}
