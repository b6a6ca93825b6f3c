import { FitReads } from "./fit_reads.ts";
import type { FitKind, FitLedger } from "./fit_ledger.ts";
import { type RowSupply, type SampleFacts, TrainingSet } from "./training_set.ts";

/** What is fitted, for the ledger. */
export interface FitName {
  /** Its name, for messages: `lda on mfcc`. */
  readonly name: string;
  /** Which of the things that a fold fits it is. */
  readonly kind: FitKind;
}

/**
 * The samples of one fold as its fits meet them. Labels, groups and speakers are inside; the way to them
 * is {@linkcode FoldSamples.learn}, which enters into the ledger what was read.
 */
export class FoldSamples {
  readonly #fold: string;
  readonly #facts: SampleFacts;
  readonly #ledger: FitLedger;
  /** Numbers of all samples, test samples among them. */
  readonly all: Int32Array;

  /** The samples of the fold of that name; what its fits read goes into `ledger`. */
  constructor(fold: string, facts: SampleFacts, ledger: FitLedger) {
    this.#fold = fold;
    this.#facts = facts;
    this.#ledger = ledger;
    this.all = Int32Array.from(facts.labels.keys());
  }

  /**
   * Fits something and enters what it read. A fit that throws leaves nothing fitted, and no entry.
   *
   * @param what What is fitted.
   * @param supply Where rows come from.
   * @param samples Numbers of the samples that it is to learn from.
   * @param fit Learns from the training set, which is of no use afterwards.
   * @returns What `fit` returns.
   *
   * @throws {Error} If it read nothing of its training set.
   */
  learn<Rows, T>(
    what: FitName,
    supply: RowSupply<Rows>,
    samples: Int32Array,
    fit: (set: TrainingSet<Rows>) => T,
  ): T {
    const reads = new FitReads(what.name);
    const fitted = fit(new TrainingSet(this.#facts, supply, samples, reads));
    const { fittedOn, usesLabels } = reads.close();
    this.#ledger.add({ name: what.name, kind: what.kind, fold: this.#fold, fittedOn, usesLabels });
    return fitted;
  }
}
