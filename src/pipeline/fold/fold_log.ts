import { FitLedger, type FitRecord } from "../../evaluate/fit_ledger.ts";
import type { EpochResult } from "../../nn/train.ts";

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
  /** What every fit read: {@linkcode FoldSamples} enters it. */
  readonly ledger: FitLedger = new FitLedger();
  readonly #curves: Curve[] = [];

  /** Keeps a training curve. */
  curve(model: string, epochs: readonly EpochResult[]): void {
    if (epochs.length > 0) this.#curves.push({ model, epochs: [...epochs] });
  }

  /** All entries, as plain data. */
  data(): FoldLogData {
    return { fits: [...this.ledger.records], curves: this.#curves };
  }
}
