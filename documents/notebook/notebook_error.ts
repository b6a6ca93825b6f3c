/** Thrown when a notebook cannot be run; the message names what is missing, or the cell that failed. */
export class NotebookError extends Error {
  /** The error's class name. */
  override readonly name = "NotebookError";
}
