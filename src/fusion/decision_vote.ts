import { Matrix } from "../numeric/matrix.ts";
import { type DecisionRule, sameSize } from "./decision_rule.ts";

/**
 * Majority vote: each modality votes for its most probable class, and the fused probability of a
 * class is its share of the votes. Two modalities that disagree tie; the tied classes are then
 * ordered by their mean probability, which moves less than half a vote between them.
 */
export class DecisionVote implements DecisionRule {
  /** The rule's name in tables and files. */
  readonly name = "decision-vote";
  /** A fixed rule: nothing to learn. */
  readonly learns = false;

  /** Does nothing: the rule is fixed. */
  fit(): void {}

  /** The fused probabilities [n, classes] of `probabilities`, one [n, classes] a modality. */
  combine(probabilities: readonly Matrix[]): Matrix {
    const { rows, cols } = sameSize(probabilities);
    const out = new Matrix(rows, cols);
    const voters = probabilities.length;
    // All tie-breaking mass together weighs less than one vote, so it can only order equal counts.
    const tieWeight = 1 / (2 * voters);
    for (let r = 0; r < rows; r++) {
      const fused = out.row(r);
      for (const matrix of probabilities) {
        const row = matrix.row(r);
        fused[row.indexOf(Math.max(...row))] += 1;
        for (let c = 0; c < cols; c++) fused[c] += tieWeight * row[c];
      }
      for (let c = 0; c < cols; c++) fused[c] /= voters * (1 + tieWeight);
    }
    return out;
  }

  /** Nothing is learned. */
  settings(): Record<string, unknown> {
    return {};
  }
}
