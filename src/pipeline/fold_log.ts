import { type FitKind, FitLedger, type FitRecord } from "../evaluate/fit_ledger.ts";
import type { EpochResult } from "../nn/train.ts";

/** How one network learned. */
export interface Curve {
  /** What was trained: `cnn1d on mfcc`. */
  readonly model: string;
  /** One entry an epoch. */
  readonly epochs: readonly EpochResult[];
}

/** What is known of the fits of one fold beside their results. */
export interface FoldLogData {
  /** Everything that was fitted, and on what. */
  readonly fits: readonly FitRecord[];
  /** Training curves of the networks that have rows of their own. */
  readonly curves: readonly Curve[];
}

/** Keeps account of what a fold fits. */
export class FoldLog {
  readonly #fold: string;
  readonly #ledger = new FitLedger();
  readonly #curves: Curve[] = [];

  /** The log of the fold of that name. */
  constructor(fold: string) {
    this.#fold = fold;
  }

  /** Enters that `name` was fitted on the samples `fittedOn`. */
  fitted(name: string, kind: FitKind, fittedOn: Int32Array, usesLabels: boolean): void {
    this.#ledger.add({ name, fold: this.#fold, kind, fittedOn, usesLabels });
  }

  /** Keeps a training curve. */
  curve(model: string, epochs: readonly EpochResult[]): void {
    if (epochs.length > 0) this.#curves.push({ model, epochs: [...epochs] });
  }

  /** All entries, as plain data. */
  data(): FoldLogData {
    return { fits: [...this.#ledger.records], curves: this.#curves };
  }
}
