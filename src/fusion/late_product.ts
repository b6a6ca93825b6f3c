import type { Matrix } from "../numeric/matrix.ts";
import { elementWise, type LateRule } from "./late_rule.ts";

/**
 * The element-wise product of the learned features, [n, width].
 */
export class LateProduct implements LateRule {
  /** The rule's name in tables and files. */
  readonly name = "late-product";
  /** The rule is fixed. */
  readonly weighsModalities = false;

  /** The fusion network's input of `features`, one [n, width] a modality. */
  combine(features: readonly Matrix[]): Matrix {
    return elementWise(features, (a, b) => a * b);
  }
}
