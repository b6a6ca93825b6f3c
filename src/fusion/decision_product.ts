import type { Matrix } from "../numeric/matrix.ts";
import { combineCells, type DecisionRule } from "./decision_rule.ts";

/**
 * The normalised product of the modalities' probabilities: the "product rule" of Kittler et al.,
 * "On combining classifiers", IEEE TPAMI 20(3), 1998. Right where the modalities are independent
 * given the class, and merciless: one probability of 0 is a veto.
 */
export class DecisionProduct implements DecisionRule {
  /** The rule's name in tables and files. */
  readonly name = "decision-product";
  /** A fixed rule: nothing to learn. */
  readonly learns = false;

  /** Does nothing: the rule is fixed. */
  fit(): void {}

  /** The fused probabilities [n, classes] of `probabilities`, one [n, classes] a modality. */
  combine(probabilities: readonly Matrix[]): Matrix {
    return combineCells(
      probabilities,
      (values) => values.reduce((product, value) => product * value, 1),
    );
  }

  /** Nothing is learned. */
  settings(): Record<string, unknown> {
    return {};
  }
}
