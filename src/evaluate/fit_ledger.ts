/** What kind of thing was fitted. */
export type FitKind =
  | "scaler"
  | "speaker-statistics"
  | "corpus-statistics"
  | "head"
  | "feature-network"
  | "network"
  | "inner-split"
  | "classifier"
  | "grid-search"
  | "fusion-rule";

/** One fitted thing and what it was fitted on, as plain data that a worker can post. */
export interface FitRecord {
  /** What it is, for messages: `face head`, `svm-rbf on audio`. */
  readonly name: string;
  /** Name of the fold it was fitted in. */
  readonly fold: string;
  /** Which of the things that a fold fits it is. */
  readonly kind: FitKind;
  /** Numbers of the samples of which it read rows, labels or groups. */
  readonly fittedOn: Int32Array;
  /** Whether it learned from their labels. */
  readonly usesLabels: boolean;
}

/**
 * The book of everything that was fitted, from which {@linkcode findFitLeaks} tells what saw a test sample.
 * {@linkcode FoldSamples} enters what each fit really read.
 *
 * @example
 * ```ts
 * import { FitLedger } from "./fit_ledger.ts";
 * import assert from "node:assert/strict";
 *
 * const inWorker = new FitLedger();
 * inWorker.add({
 *   name: "voice scaler",
 *   fold: "fold-1",
 *   kind: "scaler",
 *   usesLabels: false,
 *   fittedOn: Int32Array.of(0, 1),
 * });
 * const ledger = new FitLedger(inWorker.records);
 * assert.equal(ledger.records[0].name, "voice scaler");
 * ```
 */
export class FitLedger {
  readonly #records: FitRecord[] = [];

  /** Starts with `records`, such as those that workers posted. */
  constructor(records: Iterable<FitRecord> = []) {
    for (const record of records) this.add(record);
  }

  /** Enters a fitted thing; later changes of `fittedOn` do not change the entry. */
  add(record: FitRecord): void {
    this.#records.push({ ...record, fittedOn: record.fittedOn.slice() });
  }

  /** All entries, in the order in which they were made. */
  get records(): readonly FitRecord[] {
    return this.#records;
  }
}
