import { Problem } from "./problem.ts";

/** The bytes of all bodies that a server holds at once, kept below a bound. */
export class HeldBytes {
  readonly #most: number;
  #held = 0;

  /** Allows `most` bytes. */
  constructor(most: number) {
    this.#most = most;
  }

  /** How many bytes are held. */
  get held(): number {
    return this.#held;
  }

  /**
   * Counts `bytes` more.
   *
   * @throws {Problem} 503 if that would be too many.
   */
  take(bytes: number): void {
    if (this.#held + bytes > this.#most) {
      throw new Problem(503, "too much is being uploaded at once", { retryAfter: 1 });
    }
    this.#held += bytes;
  }

  /** Counts `bytes` less. */
  give(bytes: number): void {
    this.#held -= bytes;
  }
}
