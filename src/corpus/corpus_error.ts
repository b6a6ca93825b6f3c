/** A corpus that cannot be used; the message names the folder, what is wrong and what to do. */
export class CorpusError extends Error {
  /** The error's class, for logs. */
  override readonly name = "CorpusError";
  /** The folder in question. */
  readonly dir: string;

  /** Builds the message `dir: reason`. */
  constructor(dir: string, reason: string, options?: ErrorOptions) {
    super(`${dir}: ${reason}`, options);
    this.dir = dir;
  }
}
