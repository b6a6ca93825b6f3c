/** A plan cannot be made, read or followed; the message says what is wrong with it in one line. */
export class PlanError extends Error {
  /** The error's class, for logs. */
  override readonly name = "PlanError";
}
