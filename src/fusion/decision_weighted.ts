import type { Matrix } from "../numeric/matrix.ts";
import { combineCells, type DecisionRule, sameSize } from "./decision_rule.ts";

/** Probabilities below this count as this in the log loss, as in scikit-learn for float32. */
const FLOOR = 1.1920929e-7;

/**
 * The weighted mean of the modalities' probabilities. The weights sum to 1 and minimise the log
 * loss of the out-of-fold probabilities, found by expectation-maximisation for the weights of a
 * mixture (Dempster, Laird and Rubin, 1977): the loss is convex in the weights, so that the result
 * does not depend on where the search starts.
 *
 * @example
 * ```ts
 * import { DecisionWeighted } from "./decision_weighted.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * const right = Matrix.fromRows([[0.9, 0.1], [0.2, 0.8]]);
 * const wrong = Matrix.fromRows([[0.4, 0.6], [0.7, 0.3]]);
 * const rule = new DecisionWeighted();
 * rule.fit([right, wrong], Int32Array.of(0, 1));
 * assert(rule.weights[0] > 0.99);
 * ```
 */
export class DecisionWeighted implements DecisionRule {
  /** The rule's name in tables and files. */
  readonly name = "decision-weighted";
  /** The weights are learned. */
  readonly learns = true;
  /** One weight a modality, summing to 1; empty before `fit`. */
  weights: number[] = [];

  /** Learns the weights from out-of-fold `probabilities` and the true class indices [n]. */
  fit(probabilities: readonly Matrix[], labels: Int32Array): void {
    const { rows, cols } = sameSize(probabilities);
    const modalities = probabilities.length;
    const given = probabilities.map((matrix) =>
      Float64Array.from(labels, (label, r) => Math.max(matrix.data[r * cols + label], FLOOR))
    );
    let weights = new Array<number>(modalities).fill(1 / modalities);
    for (let step = 0; step < 1000; step++) {
      const next = new Array<number>(modalities).fill(0);
      for (let r = 0; r < rows; r++) {
        let mixture = 0;
        for (let m = 0; m < modalities; m++) mixture += weights[m] * given[m][r];
        for (let m = 0; m < modalities; m++) next[m] += weights[m] * given[m][r] / mixture / rows;
      }
      const moved = Math.max(...next.map((weight, m) => Math.abs(weight - weights[m])));
      weights = next;
      if (moved < 1e-9) break;
    }
    this.weights = weights;
  }

  /**
   * The fused probabilities [n, classes] of `probabilities`, one [n, classes] a modality.
   *
   * @throws {RangeError} If the rule was fitted on another number of modalities, or not at all.
   */
  combine(probabilities: readonly Matrix[]): Matrix {
    const weights = this.weights;
    if (weights.length !== probabilities.length) {
      throw new RangeError(
        `decision-weighted has weights for ${weights.length} modalities, got ${probabilities.length}`,
      );
    }
    return combineCells(
      probabilities,
      (values) => values.reduce((sum, value, m) => sum + weights[m] * value, 0),
    );
  }

  /**
   * The rule that gave `settings`.
   *
   * @throws {RangeError} If they hold no weights.
   */
  static fromSettings({ weights }: Readonly<Record<string, unknown>>): DecisionWeighted {
    if (!Array.isArray(weights) || !weights.every((weight) => Number.isFinite(weight))) {
      throw new RangeError("the settings of decision-weighted hold no weights");
    }
    const rule = new DecisionWeighted();
    rule.weights = weights;
    return rule;
  }

  /** The learned weights, in the order of the modalities. */
  settings(): Record<string, unknown> {
    return { weights: this.weights };
  }
}
