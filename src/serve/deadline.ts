import { deferred } from "./deferred.ts";
import { Problem } from "./problem.ts";

/**
 * A limit of time for a piece of work: its signal aborts with a problem, 504 as a rule, when the time is
 * over, or with another reason when the work is given up.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #seconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts the clock; `overdue` makes the problem. */
  constructor(seconds: number, overdue?: () => Problem) {
    this.#seconds = seconds;
    this.restart(overdue);
  }

  /** Aborts when the time is over. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Starts the clock anew; `overdue` makes the problem from now on. */
  restart(
    overdue: () => Problem = () => new Problem(504, `the clip took longer than ${this.#seconds} s`),
  ): void {
    this.stop();
    this.#timer = setTimeout(() => this.abort(overdue()), this.#seconds * 1000);
  }

  /** Stops the clock. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Gives the work up. */
  abort(reason: unknown): void {
    this.#controller.abort(reason);
  }

  /**
   * Waits for `work`, at most until the time is over: also for work that does not heed the signal.
   *
   * @throws The signal's reason, or what `work` throws.
   */
  async wait<T>(work: Promise<T>): Promise<T> {
    const over = deferred<never>();
    const abort = () => over.reject(this.signal.reason);
    if (this.signal.aborted) abort();
    this.signal.addEventListener("abort", abort, { once: true });
    try {
      return await Promise.race([over.promise, work]);
    } finally {
      this.signal.removeEventListener("abort", abort);
      // The one of both that lost may still fail; nobody is interested any more.
      over.promise.catch(() => {});
      work.catch(() => {});
    }
  }

  /** Stops the clock at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.stop();
  }
}
