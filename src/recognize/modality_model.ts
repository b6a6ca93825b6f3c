import type { Classifier, ModelState } from "../classify/classifier.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { StandardScaler } from "../classify/standard_scaler.ts";
import { Matrix } from "../numeric/matrix.ts";
import { BundleError } from "./bundle/bundle_error.ts";
import type { Flaw } from "./prediction.ts";

/** What a modality's model is rebuilt from. */
export interface ModalityParts {
  /** What brings features to mean 0 and deviation 1; undefined where the bundle lacks it. */
  readonly scaler: SavedModel | undefined;
  /** What tells the classes by the scaled features; undefined where the bundle lacks it. */
  readonly classifier: SavedModel | undefined;
  /** Features a clip. */
  readonly featureSize: number;
  /** Number of labels. */
  readonly nClasses: number;
  /** Rebuilds the classifier. */
  readonly restore: (state: ModelState) => Classifier;
}

/** A scaler and a classifier of one modality. */
export class ModalityModel {
  readonly #scaler: StandardScaler;
  readonly #classifier: Classifier;
  readonly #featureSize: number;

  /** Takes the classifier over: disposing the model disposes it. */
  private constructor(scaler: StandardScaler, classifier: Classifier, featureSize: number) {
    this.#scaler = scaler;
    this.#classifier = classifier;
    this.#featureSize = featureSize;
  }

  /**
   * Rebuilds the model of a bundle's parts.
   *
   * @throws {BundleError} If a part is missing, or was fitted to another number of classes.
   * @throws {ModelStateError} If a part is incomplete.
   */
  static from(
    { scaler, classifier, featureSize, nClasses, restore }: ModalityParts,
  ): ModalityModel {
    if (!scaler || !classifier) throw new BundleError("this bundle lacks its scaler or classifier");
    if (classifier.settings.nClasses !== nClasses) {
      throw new BundleError(
        `the card has ${nClasses} labels and the classifier ${classifier.settings.nClasses} classes`,
      );
    }
    return new ModalityModel(
      StandardScaler.fromState(scaler),
      restore(classifier as ModelState),
      featureSize,
    );
  }

  /** Numbers a frame that a speaker is known by; of features that are no sequence, all of them. */
  get channels(): number {
    return this.#scaler.size;
  }

  /**
   * Class probabilities of one clip's features [featureSize], or why there are none.
   *
   * @param speaker Where the normalised features of its speaker lie, those of a frame [channels].
   * @throws {BundleError} If the bundle's models do not fit what its card says.
   */
  probabilities(features: Float32Array | Flaw, speaker?: Float64Array): Float32Array | Flaw {
    if (typeof features === "string") return features;
    const scaled = this.#scaled(features);
    if (speaker) scaled.data.forEach((_, i) => scaled.data[i] -= speaker[i % speaker.length]);
    return this.#classifier.predictProba(scaled).data;
  }

  /**
   * What one clip's features [featureSize] say of its speaker, or why they say nothing: the normalised features, the
   * mean of their frames [channels].
   *
   * @throws {BundleError} If the bundle's models do not fit what its card says.
   */
  describe(features: Float32Array | Flaw): Float64Array | Flaw {
    if (typeof features === "string") return features;
    const { data } = this.#scaled(features);
    const { channels } = this;
    const mean = new Float64Array(channels);
    data.forEach((value, i) => mean[i % channels] += value * channels / data.length);
    return mean;
  }

  #scaled(features: Float32Array): Matrix {
    if (features.length !== this.#featureSize) {
      throw new BundleError(
        `the card says ${this.#featureSize} features a clip and this Emofuse makes ` +
          `${features.length}: the bundle was made by another version; train the model anew`,
      );
    }
    return this.#scaler.transformFrames(new Matrix(1, features.length, features));
  }

  /** Frees what the classifier holds outside the JavaScript heap. */
  dispose(): void {
    this.#classifier.dispose();
  }
}
