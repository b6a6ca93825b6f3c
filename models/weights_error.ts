/** What a {@linkcode WeightsError} may say beside its message. */
export interface WeightsErrorOptions extends ErrorOptions {
  /** Name of the option whose value is at fault, as in `dtype`. */
  readonly option?: string;
}

/**
 * Thrown when a network's weights are absent, damaged or not the ones it needs. The message names the
 * file or the layer and says what to do.
 */
export class WeightsError extends Error {
  /** The error's class name. */
  override readonly name = "WeightsError";
  /** Name of the option whose value is at fault, where one is. */
  readonly option: string | undefined;

  /** Takes the message and what goes with it. */
  constructor(message: string, { option, ...rest }: WeightsErrorOptions = {}) {
    super(message, rest);
    this.option = option;
  }
}
