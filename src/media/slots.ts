/**
 * Lets at most `size` pieces of work run at once; the others wait in the order of their arrival.
 *
 * @example
 * ```ts
 * import { Slots } from "./slots.ts";
 * import assert from "node:assert/strict";
 *
 * const slots = new Slots(1);
 * const order: string[] = [];
 * await Promise.all([
 *   slots.use(async () => {
 *     order.push("first starts");
 *     await Promise.resolve();
 *     order.push("first ends");
 *   }),
 *   slots.use(() => Promise.resolve(order.push("second"))),
 * ]);
 * assert.deepEqual(order, ["first starts", "first ends", "second"]);
 * ```
 */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** Makes `size` slots, a whole number of at least 1. */
  constructor(size: number) {
    this.#free = size;
  }

  /** Runs `work` as soon as a slot is free. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A slot is passed on directly, so that a newcomer cannot overtake those who wait.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}
