/** A file that holds no landmarks which can be used; the message names the file and the line. */
export class LandmarksError extends Error {
  /** The error's class, for logs. */
  override readonly name = "LandmarksError";
  /** The file as it was given. */
  readonly file: string;
  /** What is wrong, without the file's name. */
  readonly reason: string;

  /** Builds the message `file: reason`. */
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.file = file;
    this.reason = reason;
  }
}
