/** A run folder whose files cannot be shown; the message names the file and says what to do. */
export class ReportError extends Error {
  /** The error's class, for logs. */
  override readonly name = "ReportError";
}
