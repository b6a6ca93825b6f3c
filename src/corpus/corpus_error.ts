/** A corpus that cannot be used; the message names the folder, what is wrong and what to do. */
export class CorpusError extends Error {
  /** The error's class, for logs. */
  override readonly name = "CorpusError";
  /** The folder in question. */
  readonly dir: string;

  /** The option that is at fault, or that decides, where there is one. */
  readonly option?: string;

  /** Builds the message `dir: reason`. */
  constructor(
    dir: string,
    reason: string,
    options: ErrorOptions & { readonly option?: string } = {},
  ) {
    super(`${dir}: ${reason}`, options);
    this.dir = dir;
    this.option = options.option;
  }
}
