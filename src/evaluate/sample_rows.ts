import { Matrix } from "../numeric/matrix.ts";

/** What makes one row of each row, as long as it, such as a fitted scaler. */
export interface Transformer {
  /** A row for each row of `x` [n, features], those of the samples whose numbers are listed [n]. */
  transform(x: Matrix, samples: Int32Array): Matrix;
}

/** Where the rows of a table of samples come from. */
export interface SampleRows {
  /** Numbers of the samples, in the order of their rows. */
  readonly samples: Int32Array;
  /** Numbers a row. */
  readonly cols: number;
  /** All rows, the same matrix every time. */
  all(): Matrix;
  /**
   * The rows of some samples, in the order in which they are listed: a new matrix, unless they are all there is.
   *
   * @throws {RangeError} If there is no row of one of them.
   */
  select(samples: Int32Array): Matrix;
}

/** Rows that are there. */
export class HeldRows implements SampleRows {
  /** Numbers of the samples. */
  readonly samples: Int32Array;
  readonly #x: Matrix;
  #numbers: ReadonlyMap<number, number> | undefined;

  /**
   * Holds `x` [samples, numbers].
   *
   * @throws {RangeError} If there are more or fewer rows than samples.
   */
  constructor(x: Matrix, samples: Int32Array) {
    if (x.rows !== samples.length) {
      throw new RangeError(`there are ${x.rows} rows for ${samples.length} samples`);
    }
    this.samples = samples;
    this.#x = x;
  }

  /** Numbers a row. */
  get cols(): number {
    return this.#x.cols;
  }

  /** The matrix itself. */
  all(): Matrix {
    return this.#x;
  }

  /** A copy of some rows. */
  select(samples: Int32Array): Matrix {
    if (areSameSamples(samples, this.samples)) return this.#x;
    const rows = this.#numbers ??= new Map(
      Array.from(this.samples, (sample, row) => [sample, row]),
    );
    return this.#x.selectRows(samples.map((sample) => {
      const row = rows.get(sample);
      if (row === undefined) throw new RangeError(`the table has no row of sample ${sample}`);
      return row;
    }));
  }
}

/** Rows that are made at once. */
const ROWS = 128;

/**
 * Rows that are made of other rows when they are asked for, and kept when all are: training and test samples of a large
 * corpus are then in memory once.
 */
export class TransformedRows implements SampleRows {
  readonly #from: SampleRows;
  readonly #by: Transformer;
  #held: HeldRows | undefined;

  /** The rows that `by` makes of those of `from`. */
  constructor(from: SampleRows, by: Transformer) {
    this.#from = from;
    this.#by = by;
  }

  /** Numbers of the samples. */
  get samples(): Int32Array {
    return this.#from.samples;
  }

  /** Numbers a row. */
  get cols(): number {
    return this.#from.cols;
  }

  /** All rows. */
  all(): Matrix {
    this.#held ??= new HeldRows(this.#make(this.samples), this.samples);
    return this.#held.all();
  }

  /** Some rows, made anew unless all are there. */
  select(samples: Int32Array): Matrix {
    if (areSameSamples(samples, this.samples)) return this.all();
    return this.#held?.select(samples) ?? this.#make(samples);
  }

  #make(samples: Int32Array): Matrix {
    const out = new Matrix(samples.length, this.cols);
    for (let at = 0; at < samples.length; at += ROWS) {
      const some = samples.subarray(at, at + ROWS);
      out.data.set(this.#by.transform(this.#from.select(some), some).data, at * this.cols);
    }
    return out;
  }
}

/** Whether the same samples are listed in the same order. */
export function areSameSamples(a: Int32Array, b: Int32Array): boolean {
  return a === b || (a.length === b.length && a.every((value, i) => value === b[i]));
}
