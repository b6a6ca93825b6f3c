/** What a fit has read so far. */
export interface Reads {
  /** Numbers of the samples of which it read anything, ascending. */
  readonly fittedOn: Int32Array;
  /** Whether it read labels. */
  readonly usesLabels: boolean;
}

/**
 * Marks what one fit reads while it lasts.
 *
 * @example
 * ```ts
 * import { FitReads } from "./fit_reads.ts";
 * import assert from "node:assert/strict";
 *
 * const reads = new FitReads("scaler");
 * reads.mark(Int32Array.of(3, 1), "rows");
 * assert.deepEqual(reads.close(), { fittedOn: Int32Array.of(1, 3), usesLabels: false });
 * assert.throws(() => reads.mark(Int32Array.of(0), "rows"), /scaler has been fitted/);
 * ```
 */
export class FitReads {
  readonly #name: string;
  readonly #samples = new Set<number>();
  #usesLabels = false;
  #closed = false;

  /** Starts with nothing read by the fit of that name. */
  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Marks `what` of the samples as read.
   *
   * @throws {Error} If the fit is over: what it read has been entered.
   */
  mark(samples: Int32Array, what: "rows" | "labels" | "groups"): void {
    if (this.#closed) throw new Error(`${this.#name} has been fitted: it can read no more samples`);
    for (const sample of samples) this.#samples.add(sample);
    if (what === "labels") this.#usesLabels = true;
  }

  /**
   * Ends the fit.
   *
   * @throws {Error} If it read nothing: then it was fitted to something else.
   */
  close(): Reads {
    if (this.#samples.size === 0) throw new Error(`${this.#name} read none of its training set`);
    this.#closed = true;
    return { fittedOn: Int32Array.from(this.#samples).sort(), usesLabels: this.#usesLabels };
  }
}
