import { Matrix } from "../numeric/matrix.ts";
import { sameSize } from "./decision_rule.ts";

/**
 * Late feature fusion: the features that one network a modality learned, each [n, width], become
 * the input of the fusion network.
 */
export interface LateRule {
  /** The rule's name in tables and files. */
  readonly name: string;
  /** The fusion network's input, one row a sample. */
  combine(features: readonly Matrix[]): Matrix;
  /**
   * Whether the fusion network must itself weigh the modalities: `combine` then returns the
   * features side by side, and the network learns one weight a modality before its first layer.
   */
  readonly weighsModalities: boolean;
}

/**
 * Combines the matrices element by element.
 *
 * @throws {RangeError} If there is no matrix or the matrices differ in size.
 */
export function elementWise(
  features: readonly Matrix[],
  combine: (a: number, b: number) => number,
): Matrix {
  const { rows, cols } = sameSize(features);
  const out = new Matrix(rows, cols, features[0].data.slice());
  for (const matrix of features.slice(1)) {
    for (let i = 0; i < out.data.length; i++) out.data[i] = combine(out.data[i], matrix.data[i]);
  }
  return out;
}
