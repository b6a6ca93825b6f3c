import { Matrix } from "../numeric/matrix.ts";
import type { FitName, FoldSamples } from "./fold_samples.ts";
import {
  areSameSamples,
  HeldRows,
  type SampleRows,
  TransformedRows,
  type Transformer,
} from "./sample_rows.ts";
import type { TrainingSet } from "./training_set.ts";

/** What makes one row of the rows of several tables, such as a fusion rule. */
export interface Combiner {
  /** A row of [n, numbers] for the n-th rows of all parts. */
  combine(parts: readonly Matrix[]): Matrix;
}

/**
 * Numbers of samples, a row a sample, that can be learned from only through {@linkcode SampleTable.learn}.
 * Fitted things are applied to it, row by row; the numbers themselves come out for results alone.
 *
 * @example
 * ```ts
 * import { FitLedger } from "./fit_ledger.ts";
 * import { FoldSamples } from "./fold_samples.ts";
 * import { SampleTable } from "./sample_table.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const ledger = new FitLedger();
 * const facts = { labels: Int32Array.of(0, 1), nClasses: 2, groups: ["a", "b"], speakers: ["a", "b"] };
 * const table = new SampleTable(new FoldSamples("fold-1", facts, ledger), Matrix.fromRows([[3], [5]]));
 * const least = table.learn({ name: "least", kind: "scaler" }, Int32Array.of(0), (set) =>
 *   Math.min(...set.rows().data));
 * assert.equal(least, 3);
 * assert.deepEqual(ledger.records[0].fittedOn, Int32Array.of(0));
 * ```
 */
export class SampleTable {
  readonly #of: FoldSamples;
  readonly #rows: SampleRows;
  /** Tables that were selected, by the list of their samples: models keep what they made of equal matrices. */
  readonly #selected = new WeakMap<Int32Array, SampleTable>();

  /**
   * Holds `x` [samples, numbers], a row for each of the samples whose numbers are listed, or rows that know theirs.
   *
   * @throws {RangeError} If there are more or fewer rows than samples.
   */
  constructor(of: FoldSamples, x: Matrix | SampleRows, samples: Int32Array = of.all) {
    this.#of = of;
    this.#rows = x instanceof Matrix ? new HeldRows(x, samples) : x;
  }

  /** Numbers a row. */
  get cols(): number {
    return this.#rows.cols;
  }

  /**
   * The table of some of its samples, in the order in which their numbers are listed; the same one for the same list,
   * which must not be changed afterwards.
   *
   * @throws {RangeError} If it has no row of one of them.
   */
  select(samples: Int32Array): SampleTable {
    const known = this.#selected.get(samples);
    if (known) return known;
    const table = new SampleTable(this.#of, this.#rows.select(samples), samples);
    this.#selected.set(samples, table);
    return table;
  }

  /** Fits something to the rows of `samples` and enters into the ledger what it read. */
  learn<T>(what: FitName, samples: Int32Array, fit: (set: TrainingSet<Matrix>) => T): T {
    const supply = {
      samples: this.#rows.samples,
      select: (wanted: Int32Array) => this.select(wanted).publish(),
    };
    return this.#of.learn(what, supply, samples, fit);
  }

  /**
   * Fits something to rows of several tables side by side, such as a fusion rule.
   *
   * @throws {RangeError} If there is no table, or they are of different samples.
   */
  static learn<T>(
    tables: readonly SampleTable[],
    what: FitName,
    samples: Int32Array,
    fit: (set: TrainingSet<readonly Matrix[]>) => T,
  ): T {
    const first = SampleTable.#sameSamples(tables);
    return first.#of.learn(
      what,
      {
        samples: first.#rows.samples,
        select: (wanted) => tables.map((table) => table.#rows.select(wanted)),
      },
      samples,
      fit,
    );
  }

  /** What `by` makes of each row, when it is asked for. */
  transform(by: Transformer): SampleTable {
    return new SampleTable(this.#of, new TransformedRows(this.#rows, by));
  }

  /** The features that a network learned, of each row. */
  embed(network: { embed(x: Matrix): Matrix }): SampleTable {
    return this.#made(network.embed(this.#rows.all()));
  }

  /** Class probabilities [samples, classes]. */
  predictProba(model: { predictProba(x: Matrix): Matrix }): SampleTable {
    return this.#made(model.predictProba(this.#rows.all()));
  }

  /** Class indices [samples]. */
  predict(model: { predict(x: Matrix): Int32Array }): Int32Array {
    return model.predict(this.#rows.all());
  }

  /**
   * What `by` makes of the rows of each sample.
   *
   * @throws {RangeError} If there is no table, or they are of different samples.
   */
  static combine(by: Combiner, tables: readonly SampleTable[]): SampleTable {
    return SampleTable.#sameSamples(tables).#made(
      by.combine(tables.map((table) => table.#rows.all())),
    );
  }

  /**
   * The rows of each sample side by side: early fusion.
   *
   * @throws {RangeError} If there is no table, or they are of different samples.
   */
  static concat(tables: readonly SampleTable[]): SampleTable {
    return SampleTable.combine({ combine: Matrix.concatColumns }, tables);
  }

  /**
   * The table of `samples` with their rows from `parts`, in which each of them is at most once; the
   * others have `otherwise` in all `cols` places.
   *
   * @throws {RangeError} If a part has other samples, or a row of another length.
   */
  static gather(
    of: FoldSamples,
    samples: Int32Array,
    parts: readonly SampleTable[],
    { cols, otherwise }: { readonly cols: number; readonly otherwise: number },
  ): SampleTable {
    const x = new Matrix(samples.length, cols);
    x.data.fill(otherwise);
    const rows = new Map(Array.from(samples, (sample, row) => [sample, row]));
    for (const part of parts) {
      if (part.cols !== cols) throw new RangeError(`a part has ${part.cols} columns, not ${cols}`);
      const from = part.#rows.all();
      part.#rows.samples.forEach((sample, at) => {
        const row = rows.get(sample);
        if (row === undefined) throw new RangeError(`the table has no row of sample ${sample}`);
        x.row(row).set(from.row(at));
      });
    }
    return new SampleTable(of, x, samples);
  }

  /** The numbers, for results and files. What learns from them asks {@linkcode SampleTable.learn}. */
  publish(): Matrix {
    return this.#rows.all();
  }

  #made(x: Matrix): SampleTable {
    return new SampleTable(this.#of, x, this.#rows.samples);
  }

  /** The first of tables that are all of the same samples in the same order. */
  static #sameSamples([first, ...others]: readonly SampleTable[]): SampleTable {
    if (first === undefined) throw new RangeError("there is no table to combine");
    if (!others.every((other) => areSameSamples(first.#rows.samples, other.#rows.samples))) {
      throw new RangeError("the tables are of different samples");
    }
    return first;
  }
}
