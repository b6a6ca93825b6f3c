/** A value of a flag that is not allowed; the message names the value and what is allowed. */
export class FlagValueError extends Error {
  /** The error's class, for logs. */
  override readonly name = "FlagValueError";
  /** The offending part of the flag's value. */
  readonly value: string;
  /** What it is not, with its article. */
  readonly what: string;
  /** What would have been accepted. */
  readonly allowed: string;

  /** Builds the message `"value" is not WHAT; allowed: ALLOWED`. */
  constructor(value: string, what: string, allowed: string) {
    super(`"${value}" is not ${what}; allowed: ${allowed}`);
    this.value = value;
    this.what = what;
    this.allowed = allowed;
  }
}
