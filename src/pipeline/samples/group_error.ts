/** Samples cannot be divided into groups as it was asked; the message says why. */
export class GroupError extends Error {
  /** The error's class, for logs. */
  override readonly name = "GroupError";
  /** Name of the option that is at fault. */
  readonly option = "by";
}
