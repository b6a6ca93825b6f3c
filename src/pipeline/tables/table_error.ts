/** A table of features cannot be used; the message names the file and the line. */
export class TableError extends Error {
  /** The error's class, for logs. */
  override readonly name = "TableError";
  /** Name of the option that is at fault. */
  readonly option = "features";

  /** Takes the file and what is wrong with it. */
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
  }
}
