import { Matrix } from "../numeric/matrix.ts";
import { LogisticRegression } from "../classify/linear/logistic_regression.ts";
import { type DecisionRule, sameSize } from "./decision_rule.ts";

/**
 * Stacked generalisation: a logistic regression on the modalities' class probabilities, learned from
 * out-of-fold probabilities (D. H. Wolpert, "Stacked generalization", Neural Networks 5, 1992).
 */
export class DecisionStacking implements DecisionRule {
  /** The rule's name in tables and files. */
  readonly name = "decision-stacking";
  /** The regression is learned. */
  readonly learns = true;
  #regression: LogisticRegression = new LogisticRegression();

  /** Learns from out-of-fold `probabilities` and the true class indices [n]. */
  fit(probabilities: readonly Matrix[], labels: Int32Array): void {
    const { cols } = sameSize(probabilities);
    this.#regression.fit(Matrix.concatColumns(probabilities), labels, cols);
  }

  /** The fused probabilities [n, classes] of `probabilities`, one [n, classes] a modality. */
  combine(probabilities: readonly Matrix[]): Matrix {
    sameSize(probabilities);
    return this.#regression.predictProba(Matrix.concatColumns(probabilities));
  }

  /**
   * The rule that gave `settings`.
   *
   * @throws {ModelStateError} If they are not those of a fitted regression.
   */
  static fromSettings(
    { tensors, ...settings }: Readonly<Record<string, unknown>>,
  ): DecisionStacking {
    const saved = Object.entries(tensors ?? {}) as [string, { shape: number[]; data: number[] }][];
    const rule = new DecisionStacking();
    rule.#regression = LogisticRegression.fromState({
      model: "logistic-regression",
      settings,
      tensors: Object.fromEntries(saved.map(([name, { shape, data }]) => [name, {
        shape,
        data: name === "classes" ? Int32Array.from(data) : Float64Array.from(data),
      }])),
    });
    return rule;
  }

  /** The regression's coefficients and intercepts. */
  settings(): Record<string, unknown> {
    const { settings, tensors } = this.#regression.state();
    return {
      ...settings,
      tensors: Object.fromEntries(
        Object.entries(tensors).map(([name, { shape, data }]) => [name, {
          shape,
          data: Array.from(data, Number),
        }]),
      ),
    };
  }
}
