/** What one second of a clip may take: a large picture in a codec of today, decoded by WebAssembly. */
const SECONDS_A_SECOND = 60;

/**
 * Ends a work that takes too long. A clip may be long, so that the limit grows with what was already decoded of it:
 * by a minute for every second. One that makes no headway meets it soon.
 *
 * @example
 * ```ts
 * import { TimeLimit } from "./time_limit.ts";
 * import assert from "node:assert/strict";
 *
 * const { promise, resolve } = Promise.withResolvers<string>();
 * const limit = new TimeLimit(0.01, resolve);
 * assert.match(await promise, /^took longer than 0.01 s/);
 * limit.clear();
 * ```
 */
export class TimeLimit {
  readonly #limitSeconds: number;
  readonly #end: (reason: string) => void;
  readonly #start: number = performance.now();
  #decoded = 0;
  #timer: ReturnType<typeof setTimeout>;

  /** Starts the clock. Once the limit is reached `end` is called with a reason for people. */
  constructor(limitSeconds: number, end: (reason: string) => void) {
    this.#limitSeconds = limitSeconds;
    this.#end = end;
    this.#timer = this.#arm();
  }

  /** Says that so many seconds of the clip are decoded. */
  reached(seconds: number): void {
    this.#decoded = Math.max(this.#decoded, seconds);
  }

  /** Stops the clock. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  get #allowed(): number {
    return this.#limitSeconds + SECONDS_A_SECOND * this.#decoded;
  }

  #arm(): ReturnType<typeof setTimeout> {
    const elapsed = (performance.now() - this.#start) / 1000;
    return setTimeout(() => {
      // What was allowed may have grown since.
      const now = (performance.now() - this.#start) / 1000;
      if (now < this.#allowed - 1e-3) this.#timer = this.#arm();
      else this.#end(this.#reason());
    }, (this.#allowed - elapsed) * 1000);
  }

  #reason(): string {
    const limit = Number(this.#allowed.toPrecision(3));
    const taken = `took longer than ${limit} s`;
    return this.#decoded > 0
      ? `${taken}, ${
        this.#decoded.toFixed(1)
      } s of it were decoded by then: a smaller picture or the ` +
        "decoder native is faster"
      : taken;
  }
}
