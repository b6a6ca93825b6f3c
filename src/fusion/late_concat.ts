import { Matrix } from "../numeric/matrix.ts";
import type { LateRule } from "./late_rule.ts";

/**
 * The learned features side by side, [n, modalities x width]: the late fusion of the tutorial.
 */
export class LateConcat implements LateRule {
  /** The rule's name in tables and files. */
  readonly name = "late-concat";
  /** The rule is fixed. */
  readonly weighsModalities = false;

  /** The fusion network's input of `features`, one [n, width] a modality. */
  combine(features: readonly Matrix[]): Matrix {
    return Matrix.concatColumns(features);
  }
}
