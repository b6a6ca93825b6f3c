/** Thrown when the samples or the number of folds do not allow a protocol; one line says why. */
export class ProtocolError extends Error {
  /** The error's class name. */
  override readonly name = "ProtocolError";
}
