import type { FitReads } from "./fit_reads.ts";

/** What is known of the samples of a run beside their features. Lists are in the order of the samples. */
export interface SampleFacts {
  /** Class index of each sample. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly nClasses: number;
  /** Group of each sample which inner splits keep together: its take or its speaker. */
  readonly groups: readonly string[];
  /** Speaker of each sample. */
  readonly speakers: readonly string[];
  /**
   * Corpus of each sample.
   *
   * @default {all are of one}
   */
  readonly corpora?: readonly string[];
}

/** Rows of samples, whatever they are: a matrix, frames on disk. */
export interface RowSupply<Rows> {
  /** Numbers of the samples of which there are rows, test samples among them. */
  readonly samples: Int32Array;
  /** The rows of the samples whose numbers are listed, in that order. */
  readonly select: (samples: Int32Array) => Rows;
}

/**
 * What a fit may learn from: the one way to rows, labels and groups of samples. Whatever is taken out
 * is marked as read, by the samples' numbers in the run, however often the set was divided before.
 *
 * @example
 * ```ts
 * import { FitReads } from "./fit_reads.ts";
 * import { TrainingSet } from "./training_set.ts";
 * import assert from "node:assert/strict";
 *
 * const facts = {
 *   labels: Int32Array.of(0, 1, 0),
 *   nClasses: 2,
 *   groups: ["a", "b", "c"],
 *   speakers: ["ann", "bob", "eve"],
 * };
 * const supply = { samples: Int32Array.of(0, 1, 2), select: (samples: Int32Array) => [...samples] };
 * const reads = new FitReads("network");
 * const set = new TrainingSet(facts, supply, Int32Array.of(1, 2), reads);
 * const held = set.subset([1]); // Nothing is read by dividing.
 * assert.deepEqual([held.rows(), held.labels()], [[2], Int32Array.of(0)]);
 * assert.deepEqual([...reads.close().fittedOn], [2]);
 * ```
 */
export class TrainingSet<Rows> {
  readonly #facts: SampleFacts;
  readonly #supply: RowSupply<Rows>;
  readonly #reads: FitReads;
  /** Numbers of its samples in the run. */
  readonly samples: Int32Array;

  /** Hands out what is known of `samples`, and marks it in `reads`. */
  constructor(facts: SampleFacts, supply: RowSupply<Rows>, samples: Int32Array, reads: FitReads) {
    this.#facts = facts;
    this.#supply = supply;
    this.#reads = reads;
    this.samples = samples;
  }

  /** Number of classes of the run, with or without samples here. */
  get nClasses(): number {
    return this.#facts.nClasses;
  }

  /** The features of its samples, in their order. */
  rows(): Rows {
    this.#reads.mark(this.samples, "rows");
    return this.#supply.select(this.samples);
  }

  /** The class index of each sample. */
  labels(): Int32Array {
    this.#reads.mark(this.samples, "labels");
    return this.samples.map((sample) => this.#facts.labels[sample]);
  }

  /** The group of each sample, which inner splits keep together. */
  groups(): string[] {
    this.#reads.mark(this.samples, "groups");
    return Array.from(this.samples, (sample) => this.#facts.groups[sample]);
  }

  /** The speaker of each sample. */
  speakers(): string[] {
    this.#reads.mark(this.samples, "groups");
    return Array.from(this.samples, (sample) => this.#facts.speakers[sample]);
  }

  /** The corpus of each sample. */
  corpora(): string[] {
    this.#reads.mark(this.samples, "groups");
    return Array.from(this.samples, (sample) => this.#facts.corpora?.[sample] ?? "");
  }

  /**
   * Part of it: an inner fold, rows to hold out.
   *
   * @param places Which of its samples, counted from 0.
   *
   * @throws {RangeError} If it has no sample at a place.
   */
  subset(places: ArrayLike<number>): TrainingSet<Rows> {
    const samples = Int32Array.from(places, (place) => {
      const sample = this.samples[place];
      if (sample === undefined) {
        throw new RangeError(`a training set of ${this.samples.length} has no sample ${place}`);
      }
      return sample;
    });
    return new TrainingSet(this.#facts, this.#supply, samples, this.#reads);
  }

  /**
   * All samples of which there are rows, test samples among them: for statistics of each speaker's or
   * corpus's own samples. What learns anything else from it leaks, and the ledger will say so.
   */
  everything(): TrainingSet<Rows> {
    return new TrainingSet(this.#facts, this.#supply, this.#supply.samples, this.#reads);
  }
}
