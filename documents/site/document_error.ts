/** Thrown when the documents cannot be made; the message names the file, with its line where there is one. */
export class DocumentError extends Error {
  /** The error's class name. */
  override readonly name = "DocumentError";
}
