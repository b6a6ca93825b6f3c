import type { Classifier } from "../classify/classifier.ts";
import type { SavedModel } from "../classify/model_state.ts";
import { createClassifier } from "../classify/registry.ts";
import { StandardScaler } from "../classify/standard_scaler.ts";
import { Matrix } from "../numeric/matrix.ts";
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
    const x = stacked(versions);
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

  /** What the scaler needs to be rebuilt. */
  scalerState(): SavedModel {
    return this.#scaler.state();
  }
}

function stacked(parts: readonly Matrix[]): Matrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const out = new Matrix(rows, parts[0].cols);
  let at = 0;
  for (const { data } of parts) {
    out.data.set(data, at);
    at += data.length;
  }
  return out;
}
