import { Problem } from "./problem.ts";
import { withSignal } from "./with_signal.ts";

/**
 * What is left to work that was given up, in seconds: most of it ends by itself sooner, and to break it off costs a
 * worker, which then has to load the model anew.
 */
const LAST_SECONDS = 0.75;

/**
 * A limit of time for a piece of work: its signal aborts with a problem, 504 as a rule, when the time is
 * over, or with another reason when the work is given up.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #seconds: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLast = false;

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
    if (!this.#isLast) this.#start(this.#seconds, overdue);
  }

  /**
   * Gives up work that nobody waits for any more: it has a moment to end by itself, then the signal
   * aborts with `reason`. The clock cannot be started anew after that.
   */
  giveUp(reason: Problem): void {
    if (this.#isLast) return;
    this.#isLast = true;
    this.#start(LAST_SECONDS, () => reason);
  }

  #start(seconds: number, overdue: () => Problem): void {
    this.stop();
    this.#timer = setTimeout(() => this.abort(overdue()), seconds * 1000);
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
  wait<T>(work: Promise<T>): Promise<T> {
    return withSignal(work, this.signal);
  }

  /** Stops the clock at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.stop();
  }
}
