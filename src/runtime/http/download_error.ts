/** Thrown when something cannot be downloaded; the message names the address and says what to do. */
export class DownloadError extends Error {
  /** The error's class name. */
  override readonly name: string = "DownloadError";
}

/** A failure that may pass: a connection that breaks, a server that is busy. */
export class PassingFailure extends DownloadError {
  /** For how long the server asks not to be called, in seconds, where it says so. */
  readonly afterSeconds?: number;

  /** An error of this message. */
  constructor(message: string, options: ErrorOptions & { readonly afterSeconds?: number } = {}) {
    super(message, options);
    this.afterSeconds = options.afterSeconds;
  }
}
