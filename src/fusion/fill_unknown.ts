import { Matrix } from "../numeric/matrix.ts";

/** What one model says of samples: probabilities of the classes that it knows. */
export interface Opinion {
  /** Probabilities of the known classes [n, known]; each row sums to 1. */
  readonly probabilities: Matrix;
  /** The index of each of them among all classes. */
  readonly known: readonly number[];
}

/**
 * The opinions of models of which some know a part of the classes only, as probabilities of all classes, so that
 * any rule of decision fusion can join them. A model defers to the others on a class that it does not know: it
 * gets the mean of what those say of it who know it, and the classes that the model knows share the rest as the
 * model has them. Where nobody else knows it, it gets its share of equal priors, 1 / `nClasses`.
 *
 * The mean of two such opinions is the knowing model's own probability of that class, which the other one then
 * neither raises nor lowers. The product takes deference for agreement: both are as sure as the one that knows,
 * as they are of a class of which both say the same. Leaving the class at 0 is a veto; giving it its share of
 * equal priors is right by Bayes' rule where a sound of an unknown class is like those of the known ones on
 * average, but leaves too few samples with the unknown class. docs/recogniser.md tells what was measured.
 *
 * @param opinions One a model, each of the same samples.
 * @param nClasses Number of all classes.
 * @returns Probabilities of all classes [n, nClasses], one matrix an opinion; each row sums to 1.
 *
 * @example
 * ```ts
 * import { fillUnknown } from "./fill_unknown.ts";
 * import { Matrix } from "../numeric/matrix.ts";
 * import assert from "node:assert/strict";
 *
 * // The voice knows the classes 0 and 2, the face all three.
 * const voice = { probabilities: Matrix.fromRows([[0.25, 0.75]]), known: [0, 2] };
 * const face = { probabilities: Matrix.fromRows([[0.25, 0.5, 0.25]]), known: [0, 1, 2] };
 * const [heard, seen] = fillUnknown([voice, face], 3);
 * assert.deepEqual(Array.from(heard.data), [0.125, 0.5, 0.375]);
 * assert.deepEqual(seen, face.probabilities);
 * ```
 */
export function fillUnknown(opinions: readonly Opinion[], nClasses: number): Matrix[] {
  const classes = Array.from({ length: nClasses }, (_, c) => c);
  return opinions.map(({ probabilities, known }) => {
    const filled = new Matrix(probabilities.rows, nClasses);
    const unknown = classes.filter((c) => !known.includes(c))
      .map((c) => ({ c, told: opinions.filter((other) => other.known.includes(c)) }));
    for (let r = 0; r < filled.rows; r++) {
      const [row, own] = [filled.row(r), probabilities.row(r)];
      let rest = 1;
      for (const { c, told } of unknown) {
        const sum = told.reduce(
          (sum, other) => sum + other.probabilities.row(r)[other.known.indexOf(c)],
          0,
        );
        row[c] = told.length > 0 ? sum / told.length : 1 / nClasses;
        rest -= row[c];
      }
      known.forEach((c, k) => row[c] = Math.max(0, rest) * own[k]);
    }
    return filled;
  });
}
