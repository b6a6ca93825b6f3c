import { Matrix } from "../numeric/matrix.ts";
import { checkFeatures, NotFittedError } from "./fit_input.ts";
import { ModelStateError, type SavedModel, StateReader } from "./model_state.ts";
import { columnStatistics, scaleRow, type ScalerStatistics } from "./standard_scaler.ts";

/** Options of {@linkcode SpeakerNormaliser}. */
export interface SpeakerNormaliserOptions {
  /**
   * Fewest samples of a speaker that give statistics; a speaker with fewer is normalised by those of
   * the training set.
   *
   * @default {8}
   */
  minSamples?: number;
  /**
   * What those are whose statistics are taken, for the warning.
   *
   * @default {"speaker"}
   */
  of?: string;
}

interface Fitted {
  /** Statistics of the training samples of all speakers. */
  readonly train: ScalerStatistics;
  /** Statistics of each speaker who has enough samples. */
  readonly speakers: Map<string, ScalerStatistics>;
  /** Number of samples of each speaker who has too few. */
  readonly few: Map<string, number>;
}

/**
 * Takes from every sample what its speaker's voice and face are like in general: each feature is
 * brought to mean 0 and deviation 1 over the speaker's own samples. No label is used, but the
 * samples of a test speaker are: results say "speaker-normalised". A speaker of whom there are too few
 * samples, or none, is normalised by the training set's statistics.
 *
 * @example
 * ```ts
 * import { SpeakerNormaliser } from "./speaker_normaliser.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const x = Matrix.fromRows([[1], [3], [101], [103]]);
 * const speakers = ["ann", "ann", "bob", "bob"];
 * const normaliser = new SpeakerNormaliser({ minSamples: 2 });
 * normaliser.fit(x, speakers, [0, 1]); // bob is a test speaker: his samples serve him alone.
 * assert.deepEqual([...normaliser.transform(x, speakers).data], [-1, 1, -1, 1]);
 * ```
 */
export class SpeakerNormaliser {
  readonly #minSamples: number;
  readonly #of: string;
  #fitted: Fitted | undefined;

  /**
   * Makes an unfitted normaliser.
   *
   * @throws {RangeError} If `minSamples` is not an integer of at least 2: one sample has no deviation.
   */
  constructor(options: SpeakerNormaliserOptions = {}) {
    const { minSamples = 8, of = "speaker" } = options;
    if (!Number.isSafeInteger(minSamples) || minSamples < 2) {
      throw new RangeError(`minSamples must be an integer of at least 2, got ${minSamples}`);
    }
    this.#minSamples = minSamples;
    this.#of = of;
  }

  /**
   * Learns the statistics of the training samples, and of each speaker from all of his own.
   *
   * @param x Features [n, features] of training and test samples.
   * @param speakers Speaker of each row [n].
   * @param train Numbers of the training rows, whose statistics serve speakers without own ones.
   *
   * @throws {RangeError} If the sizes disagree or there is no training row.
   */
  fit(x: Matrix, speakers: readonly string[], train: ArrayLike<number>): void {
    checkSpeakers(x, speakers);
    const fitted: Fitted = {
      train: columnStatistics(x, train),
      speakers: new Map(),
      few: new Map(),
    };
    this.#fitted = fitted;
    const rows = new Map<string, number[]>();
    speakers.forEach((speaker, r) => {
      const known = rows.get(speaker);
      if (known) known.push(r);
      else rows.set(speaker, [r]);
    });
    for (const [speaker, own] of rows) this.#learn(fitted, speaker, x, own);
  }

  /**
   * Learns the statistics of one speaker from `x` [n, features], his samples; such as of a new speaker
   * after the others.
   *
   * @throws {NotFittedError} If the normaliser has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  learnSpeaker(speaker: string, x: Matrix): void {
    const fitted = this.#need();
    checkFeatures(x, fitted.train.mean.length, "the speaker normaliser");
    this.#learn(fitted, speaker, x, Int32Array.from({ length: x.rows }, (_, r) => r));
  }

  /**
   * A normalised copy of `x` [n, features], `speakers` [n] naming the speaker of each row.
   *
   * @throws {NotFittedError} If the normaliser has not been fitted.
   * @throws {RangeError} If the sizes disagree.
   */
  transform(x: Matrix, speakers: readonly string[]): Matrix {
    const { train, speakers: own } = this.#need();
    checkSpeakers(x, speakers);
    checkFeatures(x, train.mean.length, "the speaker normaliser");
    const out = new Matrix(x.rows, x.cols);
    for (let r = 0; r < x.rows; r++) {
      scaleRow(x.row(r), own.get(speakers[r]) ?? train, out.row(r));
    }
    return out;
  }

  /** Names the speakers who had too few samples for statistics of their own, if any. */
  get warning(): string | undefined {
    const few = [...this.#fitted?.few ?? []];
    if (few.length === 0) return undefined;
    return `normalised by the training set instead of the ${this.#of}, of whom there are fewer than ` +
      `${this.#minSamples} samples: ${few.map(([name, n]) => `${name} (${n})`).join(", ")}`;
  }

  /**
   * What the fitted normaliser needs to be rebuilt: `mean` and `scale` [1 + speakers, features], the
   * training set's first.
   *
   * @throws {NotFittedError} If the normaliser has not been fitted.
   */
  state(): SavedModel {
    const { train, speakers } = this.#need();
    const nFeatures = train.mean.length;
    const all = [train, ...speakers.values()];
    const stack = (name: keyof ScalerStatistics) => {
      const data = new Float64Array(all.length * nFeatures);
      all.forEach((statistics, k) => data.set(statistics[name], k * nFeatures));
      return { shape: [all.length, nFeatures], data };
    };
    return {
      model: "speaker-normaliser",
      settings: { nFeatures, minSamples: this.#minSamples, speakers: [...speakers.keys()] },
      tensors: { mean: stack("mean"), scale: stack("scale") },
    };
  }

  /**
   * Rebuilds a normaliser from its `state`.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  static fromState(state: SavedModel): SpeakerNormaliser {
    const reader = new StateReader(state, "speaker-normaliser");
    const nFeatures = reader.count("nFeatures");
    const { speakers } = state.settings;
    if (!Array.isArray(speakers) || speakers.some((name) => typeof name !== "string")) {
      throw new ModelStateError(
        'the saved speaker-normaliser model lacks the names "speakers" among its settings',
      );
    }
    const shape = [1 + speakers.length, nFeatures];
    const mean = reader.doubles("mean", shape);
    const scale = reader.doubles("scale", shape);
    const at = (k: number): ScalerStatistics => ({
      mean: mean.subarray(k * nFeatures, (k + 1) * nFeatures),
      scale: scale.subarray(k * nFeatures, (k + 1) * nFeatures),
    });
    const normaliser = new SpeakerNormaliser({ minSamples: reader.count("minSamples") });
    normaliser.#fitted = {
      train: at(0),
      speakers: new Map(speakers.map((name: string, k) => [name, at(k + 1)])),
      few: new Map(),
    };
    return normaliser;
  }

  #learn(
    { speakers, few }: Fitted,
    speaker: string,
    x: Matrix,
    rows: ArrayLike<number>,
  ): void {
    speakers.delete(speaker);
    few.delete(speaker);
    if (rows.length < this.#minSamples) few.set(speaker, rows.length);
    else speakers.set(speaker, columnStatistics(x, rows));
  }

  #need(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError("the speaker normaliser");
    return this.#fitted;
  }
}

function checkSpeakers(x: Matrix, speakers: readonly string[]): void {
  if (speakers.length !== x.rows) {
    throw new RangeError(`there are ${x.rows} rows of features but ${speakers.length} speakers`);
  }
}
