import type { Matrix } from "../numeric/matrix.ts";
import { combineCells, type DecisionRule } from "./decision_rule.ts";

/**
 * The mean of the modalities' probabilities: the "sum rule" of Kittler et al., "On combining
 * classifiers", IEEE TPAMI 20(3), 1998.
 */
export class DecisionMean implements DecisionRule {
  /** The rule's name in tables and files. */
  readonly name = "decision-mean";
  /** A fixed rule: nothing to learn. */
  readonly learns = false;

  /** Does nothing: the rule is fixed. */
  fit(): void {}

  /** The fused probabilities [n, classes] of `probabilities`, one [n, classes] a modality. */
  combine(probabilities: readonly Matrix[]): Matrix {
    return combineCells(probabilities, (values) => values.reduce((sum, value) => sum + value, 0));
  }

  /** Nothing is learned. */
  settings(): Record<string, unknown> {
    return {};
  }
}
