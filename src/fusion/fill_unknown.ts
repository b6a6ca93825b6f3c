import { Matrix } from "../numeric/matrix.ts";

/**
 * The probabilities of all classes from a model that knows some of them only, so that any rule of decision
 * fusion can join it with models that know the others. A class that it does not know gets its share of equal
 * priors, 1 / `nClasses`; the classes that it knows share the rest as the model has them.
 *
 * That neither favours nor vetoes the unknown class. By Bayes' rule the product of filled probabilities is right
 * where what the model saw is as likely under an unknown class as under those it knows on average: seeing it is
 * then no evidence for or against that class, which the other models judge alone. A model that has no idea, with
 * equal probabilities of what it knows, has them of all classes, and leaves the product of the others as it is.
 * Of five ways that were measured (docs/recogniser.md) this gives the product the lowest log loss and a mean
 * probability of the unknown class that is nearest to how often it comes. Taking the unknown class's probability
 * from the other models counts them twice; leaving it at 0 is a veto.
 *
 * @param probabilities Probabilities of the known classes [n, known]; each row sums to 1.
 * @param known The index of each of them among all classes.
 * @param nClasses Number of all classes.
 * @returns Probabilities of all classes [n, nClasses]; each row sums to 1.
 *
 * @example
 * ```ts
 * import { fillUnknown } from "./fill_unknown.ts";
 * import { DecisionProduct } from "./decision_product.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * // The voice knows the classes 0 and 2, the face all three.
 * const voice = fillUnknown(Matrix.fromRows([[0.25, 0.75]]), [0, 2], 4);
 * assert.deepEqual(Array.from(voice.data), [0.125, 0.25, 0.375, 0.25]);
 *
 * const face = Matrix.fromRows([[0.1, 0.2, 0.3, 0.4]]);
 * const unsure = fillUnknown(Matrix.fromRows([[0.5, 0.5]]), [0, 2], 4);
 * assert.deepEqual(new DecisionProduct().combine([face, unsure]), face);
 * ```
 */
export function fillUnknown(
  probabilities: Matrix,
  known: readonly number[],
  nClasses: number,
): Matrix {
  const filled = new Matrix(probabilities.rows, nClasses);
  if (known.length < nClasses) filled.data.fill(1 / nClasses);
  const rest = known.length / nClasses;
  for (let r = 0; r < filled.rows; r++) {
    const [row, own] = [filled.row(r), probabilities.row(r)];
    known.forEach((c, k) => row[c] = rest * own[k]);
  }
  return filled;
}
