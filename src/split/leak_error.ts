/** A protocol that promises that nothing leaks does leak; the message lists each leak. */
export class LeakError extends Error {
  /** The error's class name. */
  override readonly name = "LeakError";
  /** The leaks, a phrase each. */
  readonly leaks: readonly string[];

  /** Builds the message `WHERE: LEAK; LEAK ...`. */
  constructor(where: string, leaks: readonly string[]) {
    super(`${where}: ${leaks.join("; ")}`);
    this.leaks = leaks;
  }
}
