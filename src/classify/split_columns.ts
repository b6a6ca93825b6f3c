import { Matrix } from "../numeric/matrix.ts";

/** The blocks of matrices that are still in use: several classifiers are asked about the same ones. */
const known = new WeakMap<Matrix, { readonly widths: string; readonly parts: readonly Matrix[] }>();

/**
 * The blocks of columns of `x` [n, features], in their order: a matrix [n, width] for each of `widths`. The same
 * matrices for the same `x`, which must not be changed afterwards.
 *
 * @throws {RangeError} If the widths do not add up to the number of features.
 */
export function splitColumns(x: Matrix, widths: readonly number[]): readonly Matrix[] {
  const found = known.get(x);
  if (found?.widths === String(widths)) return found.parts;
  const total = widths.reduce((sum, width) => sum + width, 0);
  if (total !== x.cols) {
    throw new RangeError(`blocks of ${widths.join(" + ")} columns are not the ${x.cols} there are`);
  }
  let first = 0;
  const parts = widths.map((width) => {
    const part = new Matrix(x.rows, width);
    for (let r = 0; r < x.rows; r++) {
      part.data.set(x.data.subarray(r * x.cols + first, r * x.cols + first + width), r * width);
    }
    first += width;
    return part;
  });
  known.set(x, { widths: String(widths), parts });
  return parts;
}
