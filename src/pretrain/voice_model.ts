import type { Classifier } from "../classify/classifier.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { classifierFromState, createClassifier } from "../classify/registry.ts";
import { StandardScaler } from "../classify/standard_scaler.ts";
import { joinFloats } from "../numeric/join_floats.ts";
import { Matrix } from "../numeric/matrix.ts";
import type { TensorMap } from "../numeric/safetensors.ts";
import { VOICE_HEAD } from "./voice_head.ts";

/** What a voice model learns from. */
export interface VoiceTraining {
  /** Features `speech` [samples, features]: of the sounds as they are, and of each of their degraded versions. */
  readonly versions: readonly Matrix[];
  /** Class index of each sample [samples]. */
  readonly labels: Int32Array;
  /** Number of classes. */
  readonly nClasses: number;
  /** Widths of the blocks of features. */
  readonly blocks: readonly number[];
  /** Seed of every random choice. */
  readonly seed: number;
}

/** A scaler and a classifier that tell emotions by a voice. */
export class VoiceModel {
  /** What was fitted to the scaled features. */
  readonly classifier: Classifier;
  readonly #scaler: StandardScaler;

  private constructor(scaler: StandardScaler, classifier: Classifier) {
    this.#scaler = scaler;
    this.classifier = classifier;
  }

  /**
   * Fits the classifier to all versions of every sample, each as a sample by itself.
   *
   * @throws {FitError} If it cannot be fitted.
   */
  static fit({ versions, labels, nClasses, blocks, seed }: VoiceTraining): VoiceModel {
    const [{ cols }] = versions;
    const rows = versions.length * labels.length;
    const x = new Matrix(rows, cols, joinFloats(versions.map(({ data }) => data)));
    const y = new Int32Array(x.rows);
    versions.forEach((_, i) => y.set(labels, i * labels.length));
    const scaler = new StandardScaler();
    scaler.fit(x);
    const { model, c } = VOICE_HEAD;
    const classifier = createClassifier(model, { seed, c, blocks });
    classifier.fit(scaler.transform(x), y, nClasses);
    return new VoiceModel(scaler, classifier);
  }

  /** Class probabilities [n, classes] of features as they are [n, features]. */
  predictProba(x: Matrix): Matrix {
    return this.classifier.predictProba(this.scaled(x));
  }

  /** Features as the classifier has them. */
  scaled(x: Matrix): Matrix {
    return this.#scaler.transform(x);
  }

  /**
   * The same model with probabilities p_c^(1/T), made to sum to 1: what is linear before the softmax, and what is pooled
   * by geometric means, is divided by the temperature T. (Where a block says less than 1e-7, pooling counts 1e-7.)
   *
   * @throws {RangeError} If the classifier has nothing linear.
   */
  tempered(temperature: number): VoiceModel {
    const { tensors, ...state } = this.classifier.state();
    const scaled = Object.fromEntries(
      Object.entries(tensors).map(([name, tensor]) => {
        const isLinear = /(^|\/)(coef|intercept)$/.test(name);
        if (!isLinear) return [name, tensor];
        return [name, { ...tensor, data: tensor.data.map((value) => value / temperature) }];
      }),
    ) as TensorMap;
    if (!Object.keys(tensors).some((name) => scaled[name] !== tensors[name])) {
      throw new RangeError(`${this.classifier.name} has no coefficients to scale`);
    }
    return new VoiceModel(this.#scaler, classifierFromState({ ...state, tensors: scaled }));
  }

  /** What the scaler needs to be rebuilt. */
  scalerState(): SavedModel {
    return this.#scaler.state();
  }
}
