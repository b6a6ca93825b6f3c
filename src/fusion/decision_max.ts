import type { Matrix } from "../numeric/matrix.ts";
import { combineCells, type DecisionRule } from "./decision_rule.ts";

/**
 * The normalised maximum of the modalities' probabilities: the "max rule" of Kittler et al., "On
 * combining classifiers", IEEE TPAMI 20(3), 1998. The most confident modality decides.
 */
export class DecisionMax implements DecisionRule {
  /** The rule's name in tables and files. */
  readonly name = "decision-max";
  /** A fixed rule: nothing to learn. */
  readonly learns = false;

  /** Does nothing: the rule is fixed. */
  fit(): void {}

  /** The fused probabilities [n, classes] of `probabilities`, one [n, classes] a modality. */
  combine(probabilities: readonly Matrix[]): Matrix {
    return combineCells(probabilities, (values) => Math.max(...values));
  }

  /** Nothing is learned. */
  settings(): Record<string, unknown> {
    return {};
  }
}
