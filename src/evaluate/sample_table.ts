import { Matrix } from "../numeric/matrix.ts";
import type { FitName, FoldSamples } from "./fold_samples.ts";
import type { RowSupply, TrainingSet } from "./training_set.ts";

/** What makes one row of each row, such as a fitted scaler. */
export interface Transformer {
  /** A row of [n, numbers] for each row of `x` [n, features]. */
  transform(x: Matrix): Matrix;
}

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
  readonly #x: Matrix;
  readonly #samples: Int32Array;
  /** Tables that were selected, by the list of their samples: models keep what they made of equal matrices. */
  readonly #selected = new WeakMap<Int32Array, SampleTable>();

  /**
   * Holds `x` [samples, numbers], a row for each of the samples whose numbers are listed.
   *
   * @throws {RangeError} If there are more or fewer rows than samples.
   */
  constructor(of: FoldSamples, x: Matrix, samples: Int32Array = of.all) {
    if (x.rows !== samples.length) {
      throw new RangeError(`there are ${x.rows} rows for ${samples.length} samples`);
    }
    this.#of = of;
    this.#x = x;
    this.#samples = samples;
  }

  /** Numbers a row. */
  get cols(): number {
    return this.#x.cols;
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
    const table = new SampleTable(this.#of, this.#rowsOf(samples), samples);
    this.#selected.set(samples, table);
    return table;
  }

  /** Fits something to the rows of `samples` and enters into the ledger what it read. */
  learn<T>(what: FitName, samples: Int32Array, fit: (set: TrainingSet<Matrix>) => T): T {
    return this.#of.learn(what, this.#supply(), samples, fit);
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
        samples: first.#samples,
        select: (wanted) => tables.map((table) => table.#rowsOf(wanted)),
      },
      samples,
      fit,
    );
  }

  /** What `by` makes of each row. */
  transform(by: Transformer): SampleTable {
    return this.#made(by.transform(this.#x));
  }

  /** The features that a network learned, of each row. */
  embed(network: { embed(x: Matrix): Matrix }): SampleTable {
    return this.#made(network.embed(this.#x));
  }

  /** Class probabilities [samples, classes]. */
  predictProba(model: { predictProba(x: Matrix): Matrix }): SampleTable {
    return this.#made(model.predictProba(this.#x));
  }

  /** Class indices [samples]. */
  predict(model: { predict(x: Matrix): Int32Array }): Int32Array {
    return model.predict(this.#x);
  }

  /**
   * What `by` makes of the rows of each sample.
   *
   * @throws {RangeError} If there is no table, or they are of different samples.
   */
  static combine(by: Combiner, tables: readonly SampleTable[]): SampleTable {
    return SampleTable.#sameSamples(tables).#made(by.combine(tables.map((table) => table.#x)));
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
    const gathered = new SampleTable(of, x, samples);
    const rows = gathered.#rowNumbers();
    for (const part of parts) {
      if (part.cols !== cols) throw new RangeError(`a part has ${part.cols} columns, not ${cols}`);
      part.#samples.forEach((sample, row) => x.row(rowOf(rows, sample)).set(part.#x.row(row)));
    }
    return gathered;
  }

  /** The numbers, for results and files. What learns from them asks {@linkcode SampleTable.learn}. */
  publish(): Matrix {
    return this.#x;
  }

  #made(x: Matrix): SampleTable {
    return new SampleTable(this.#of, x, this.#samples);
  }

  #supply(): RowSupply<Matrix> {
    return { samples: this.#samples, select: (samples) => this.#rowsOf(samples) };
  }

  /** The rows of some samples: a copy, unless they are all there is, in their order. */
  #rowsOf(samples: Int32Array): Matrix {
    if (isEqual(samples, this.#samples)) return this.#x;
    const rows = this.#rowNumbers();
    return this.#x.selectRows(samples.map((sample) => rowOf(rows, sample)));
  }

  /** The row of each sample. */
  #rowNumbers(): ReadonlyMap<number, number> {
    return new Map(Array.from(this.#samples, (sample, row) => [sample, row]));
  }

  /** The first of tables that are all of the same samples in the same order. */
  static #sameSamples([first, ...others]: readonly SampleTable[]): SampleTable {
    if (first === undefined) throw new RangeError("there is no table to combine");
    if (!others.every((other) => isEqual(first.#samples, other.#samples))) {
      throw new RangeError("the tables are of different samples");
    }
    return first;
  }
}

function rowOf(rows: ReadonlyMap<number, number>, sample: number): number {
  const row = rows.get(sample);
  if (row === undefined) throw new RangeError(`the table has no row of sample ${sample}`);
  return row;
}

function isEqual(a: Int32Array, b: Int32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
