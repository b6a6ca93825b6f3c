/** A split that cannot be audited; the message names the file, what is wrong and what is allowed. */
export class SplitError extends Error {
  /** The error's class, for logs. */
  override readonly name = "SplitError";

  /** Builds the message `file: reason`. */
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
  }
}
