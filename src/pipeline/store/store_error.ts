/** The store cannot be used: what is wrong with it, in one line that names it. */
export class StoreError extends Error {
  /** The error's class, for logs. */
  override readonly name = "StoreError";
  /** Whether it may go better another time, as when a server does not answer. */
  readonly mayPass: boolean;

  /** An error of this message. */
  constructor(message: string, options: ErrorOptions & { readonly mayPass?: boolean } = {}) {
    super(message, options);
    this.mayPass = options.mayPass ?? false;
  }
}
