/** The store cannot be used: what is wrong with it, in one line that names it. */
export class StoreError extends Error {
  /** The error's class, for logs. */
  override readonly name = "StoreError";
}
