import { Problem } from "./problem.ts";

/** Weight of the newest clip in the running mean of how long one takes. */
const NEWEST = 0.2;

/**
 * Lets a few clips be worked on at once and a few more wait, in the order of their arrival; whoever
 * comes beyond that is told after how many seconds a place should be free.
 *
 * @example
 * ```ts
 * import { Admission } from "./admission.ts";
 * import assert from "node:assert/strict";
 *
 * const admission = new Admission(1, 0);
 * const leave = await admission.enter();
 * await assert.rejects(admission.enter(), { status: 429 });
 * leave();
 * (await admission.enter())();
 * ```
 */
export class Admission {
  readonly #concurrency: number;
  readonly #queue: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #meanSeconds = 1;

  /** Lets `concurrency` clips run and `queue` wait. */
  constructor(concurrency: number, queue: number) {
    this.#concurrency = concurrency;
    this.#queue = queue;
  }

  /** How many clips are worked on. */
  get running(): number {
    return this.#running;
  }

  /** How many clips wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Throws what {@linkcode Admission.enter} would, without entering. */
  check(): void {
    if (this.#running < this.#concurrency || this.#waiting.length < this.#queue) return;
    throw new Problem(
      429,
      `${this.#running} clips are being worked on and ${this.#waiting.length} wait; ` +
        `allowed: ${this.#concurrency} and ${this.#queue}`,
      { retryAfter: this.#retryAfter() },
    );
  }

  /** The problem of a clip that has waited for too long. */
  overdue(): Problem {
    return new Problem(503, "no place became free in time: the clips ahead take too long", {
      retryAfter: this.#retryAfter(),
    });
  }

  /** After how many seconds those who run and wait now should be done. */
  #retryAfter(): number {
    const ahead = this.#running + this.#waiting.length;
    return Math.max(1, Math.ceil(ahead * this.#meanSeconds / this.#concurrency));
  }

  /**
   * Waits for a place and takes it. The function given back leaves it; call it once.
   *
   * @throws {Problem} 429 if too many wait already.
   */
  async enter(signal?: AbortSignal): Promise<() => void> {
    this.check();
    if (this.#running < this.#concurrency) this.#running++;
    else await this.#wait(signal);
    const start = performance.now();
    return () => {
      const seconds = (performance.now() - start) / 1000;
      this.#meanSeconds += NEWEST * (seconds - this.#meanSeconds);
      // A place is passed on directly, so that a newcomer cannot overtake those who wait.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running--;
    };
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal!.reason);
      };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener("abort", leave, { once: true });
      this.#waiting.push(enter);
    });
  }
}
