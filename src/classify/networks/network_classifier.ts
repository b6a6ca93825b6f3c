import { holdOutGroups } from "../../split/hold_out_groups.ts";
import { Matrix } from "../../numeric/matrix.ts";
import type { Network } from "../../nn/network.ts";
import { type Prediction, predictNetwork } from "../../nn/predict.ts";
import { FitError } from "../../numeric/fit_error.ts";
import { deriveSeed, Random } from "../../numeric/random.ts";
import { type LabelledRows, matrixRows } from "../../nn/row_source.ts";
import { SafetensorsError } from "../../numeric/safetensors.ts";
import { type EpochResult, trainClassifier } from "../../nn/train.ts";
import type { Classifier, ModelState } from "../classifier.ts";
import { checkFeatures, checkFitInput, NotFittedError } from "../fit_input.ts";
import { ModelStateError, StateReader } from "../model_state.ts";

/** An inner split by which a network's training is stopped. */
export interface EarlyStoppingOptions {
  /** Share of the training rows to hold out, in whole groups, between 0 and 1. */
  readonly share: number;
  /** Training stops after this many epochs in a row without a lower loss on the held-out rows. */
  readonly patience: number;
}

/** Settings of a classifier that is a network. The defaults are the tutorial's. */
export interface NetworkClassifierOptions {
  /**
   * Rows a training step.
   *
   * @default {8}
   */
  readonly batchSize?: number;
  /**
   * Passes over the training data.
   *
   * @default {10}
   */
  readonly epochs?: number;
  /**
   * Step size of Adam.
   *
   * @default {1e-4}
   */
  readonly learningRate?: number;
  /**
   * Whether the step size stays as it is, or falls to 0 by half a cosine over all epochs.
   *
   * @default {"constant"}
   */
  readonly schedule?: "constant" | "cosine";
  /**
   * Share of all steps in which the step size first rises evenly.
   *
   * @default {0}
   */
  readonly warmUp?: number;
  /**
   * Share of a row's label that is spread evenly over all classes.
   *
   * @default {0}
   */
  readonly labelSmoothing?: number;
  /**
   * Seed of the initial weights, the order of rows and dropout.
   *
   * @default {0}
   */
  readonly seed?: number;
  /**
   * Trains on part of the rows and stops by the others; the weights of the best epoch are kept. Left
   * out, it trains on all rows for all epochs, as the tutorial does.
   *
   * @default {undefined}
   */
  readonly earlyStopping?: EarlyStoppingOptions;
  /** Called after each epoch of training. */
  readonly onEpoch?: (result: EpochResult) => void;
}

/** What a fit leaves behind. The network's outputs are the classes that had samples. */
interface Fitted {
  readonly nClasses: number;
  readonly classes: Int32Array;
  readonly network: Network;
  readonly history: readonly EpochResult[];
}

/**
 * A neural network behind the interface of every classifier: what {@linkcode Cnn1d} and
 * {@linkcode Mlp} have in common. Needs `initBackend()`; holds tensors, so `dispose()` it.
 */
export abstract class NetworkClassifier implements Classifier {
  /** The model's name in tables and files. */
  abstract readonly name: string;
  readonly #options: NetworkClassifierOptions;
  #fitted: Fitted | undefined;
  #warning: string | undefined;

  /** Makes an unfitted model. */
  constructor(options: NetworkClassifierOptions = {}) {
    this.#options = options;
  }

  /**
   * Makes the network for rows of `nFeatures` numbers.
   *
   * @throws {RangeError} If it takes no rows of so many.
   */
  protected abstract build(nFeatures: number, nClasses: number, random: Random): Network;

  /** What training sees of its rows: other ones each time, where a network overrides it. */
  protected vary(rows: LabelledRows, _random: Random): LabelledRows {
    return rows;
  }

  /**
   * Learns from `x` [n, features] and `y` [n], class indices from 0 to `nClasses - 1`. Early stopping
   * keeps the rows of one of `groups` together; without them each row may be held out by itself.
   *
   * @throws {RangeError} If the sizes disagree, a feature is not finite, or fewer than two classes have
   * samples.
   * @throws {FitError} If there are too few features for the network, or so many that they are no whole
   * frames.
   * @throws {TrainingError} If the training diverges.
   */
  fit(x: Matrix, y: Int32Array, nClasses: number, groups?: readonly string[]): void {
    const { classes } = checkFitInput(x, y, nClasses, groups);
    const { seed = 0, earlyStopping, ...options } = this.#options;
    const labels = y.map((label) => classes.indexOf(label));
    const rows = (indices: Int32Array): LabelledRows => ({
      ...matrixRows(x.selectRows(indices)),
      labels: indices.map((i) => labels[i]),
    });
    const held = earlyStopping && this.#holdOut(labels, groups, earlyStopping.share);
    const network = this.#buildFor(x, classes.length, new Random(seed).derive("weights"));
    let history: readonly EpochResult[];
    try {
      const source = held ? rows(held.train) : { ...matrixRows(x), labels };
      const varied = this.vary(source, new Random(seed).derive("variation"));
      history = trainClassifier(network, varied, {
        ...options,
        seed: deriveSeed(seed, "training"),
        validation: held && { source: rows(held.validation), patience: earlyStopping.patience },
      });
    } catch (error) {
      network.dispose();
      throw error;
    }
    this.dispose();
    this.#fitted = { nClasses, classes, network, history };
  }

  /** The training curve: what each epoch of the last fit gave; of a model from a file there is none. */
  get history(): readonly EpochResult[] {
    return this.#fitted?.history ?? [];
  }

  /** Says so where the last fit was to stop early but had no rows to stop by. */
  get warning(): string | undefined {
    return this.#warning;
  }

  /**
   * The class index of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predict(x: Matrix): Int32Array {
    const { classes } = this.#need();
    const { probabilities } = this.#evaluate(x);
    return probabilities.argMax().map((k) => classes[k]);
  }

  /**
   * Class probabilities [n, nClasses] of every row of `x` [n, features].
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  predictProba(x: Matrix): Matrix {
    const { nClasses, classes } = this.#need();
    const { probabilities } = this.#evaluate(x);
    const out = new Matrix(x.rows, nClasses);
    for (let r = 0; r < x.rows; r++) {
      probabilities.row(r).forEach((p, k) => out.row(r)[classes[k]] = p);
    }
    return out;
  }

  /**
   * The values of the network's feature layer for every row of `x` [n, features]: what late fusion
   * fuses.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   * @throws {RangeError} If the number of features is not that of the training set.
   */
  embed(x: Matrix): Matrix {
    return this.#evaluate(x).features;
  }

  /**
   * What the fitted model needs to be rebuilt.
   *
   * @throws {NotFittedError} If the model has not been fitted.
   */
  state(): ModelState {
    const { nClasses, classes, network } = this.#need();
    return {
      model: this.name,
      settings: { nClasses, nFeatures: network.inputSize },
      tensors: {
        classes: { shape: [classes.length], data: classes },
        ...network.variables.tensors(),
      },
    };
  }

  /**
   * Takes over what another model of this kind learnt.
   *
   * @throws {ModelStateError} If the state is of another model or incomplete.
   */
  protected restore(state: ModelState): void {
    const reader = new StateReader(state, this.name);
    const nClasses = reader.count("nClasses");
    const nFeatures = reader.count("nFeatures");
    const classes = reader.classes(nClasses);
    const { classes: _, ...weights } = state.tensors;
    const network = this.build(nFeatures, classes.length, new Random(0));
    try {
      network.variables.assign(weights);
    } catch (error) {
      network.dispose();
      if (!(error instanceof SafetensorsError)) throw error;
      throw new ModelStateError(`the saved ${this.name} model does not fit: ${error.message}`, {
        cause: error,
      });
    }
    this.dispose();
    this.#fitted = { nClasses, classes, network, history: [] };
  }

  /** Frees the network; the model is then as before its first `fit`. */
  dispose(): void {
    this.#fitted?.network.dispose();
    this.#fitted = undefined;
  }

  /** The network for rows of `x` [n, features], which may be sound and yet none that it takes. */
  #buildFor(x: Matrix, nClasses: number, random: Random): Network {
    try {
      return this.build(x.cols, nClasses, random);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new FitError(error.message, { cause: error });
    }
  }

  /** The rows to train on and to stop by; none where these would cost training a whole class. */
  #holdOut(
    labels: Int32Array,
    groups: readonly string[] | undefined,
    share: number,
  ): { train: Int32Array; validation: Int32Array } | undefined {
    const random = new Random(this.#options.seed ?? 0).derive("validation");
    const validation = holdOutGroups(labels, groups ?? [...labels.keys()], share, random);
    const held = new Set(validation);
    const train = Int32Array.from(labels.keys()).filter((i) => !held.has(i));
    const kept = new Set(Array.from(train, (i) => labels[i]));
    const possible = validation.length > 0 && kept.size === new Set(labels).size;
    this.#warning = possible
      ? undefined
      : "trained for all epochs: too few groups of samples to hold some out for early stopping";
    return possible ? { train, validation } : undefined;
  }

  #need(): Fitted {
    if (this.#fitted === undefined) throw new NotFittedError(this.name);
    return this.#fitted;
  }

  #evaluate(x: Matrix): Prediction {
    const { network } = this.#need();
    checkFeatures(x, network.inputSize, this.name);
    return predictNetwork(network, matrixRows(x));
  }
}
