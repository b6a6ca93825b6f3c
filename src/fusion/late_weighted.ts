import { Matrix } from "../numeric/matrix.ts";
import type { LateRule } from "./late_rule.ts";

/**
 * The weighted average of the learned features. The fusion network learns the weights, a softmax over
 * one number a modality, by gradient descent together with its own layers; so this rule hands it the
 * features side by side, [n, modalities x width].
 */
export class LateWeighted implements LateRule {
  /** The rule's name in tables and files. */
  readonly name = "late-weighted";
  /** The fusion network learns the weights. */
  readonly weighsModalities = true;

  /** The fusion network's input of `features`, one [n, width] a modality. */
  combine(features: readonly Matrix[]): Matrix {
    return Matrix.concatColumns(features);
  }
}
