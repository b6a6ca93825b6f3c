/** What a {@linkcode ProtocolError} may say beside its message. */
export interface ProtocolErrorOptions extends ErrorOptions {
  /** Name of the option whose value is at fault, as in `folds`. */
  readonly option?: string;
}

/** Thrown when the samples or the number of folds do not allow a protocol; one line says why. */
export class ProtocolError extends Error {
  /** The error's class name. */
  override readonly name = "ProtocolError";
  /** Name of the option whose value is at fault, where one is. */
  readonly option: string | undefined;

  /** Takes the message and what goes with it. */
  constructor(message: string, { option, ...rest }: ProtocolErrorOptions = {}) {
    super(message, rest);
    this.option = option;
  }
}
