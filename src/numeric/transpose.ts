/**
 * The transpose [cols, rows] of the row-major matrix `a` [rows, cols].
 *
 * @param out Where it goes, if there is a place for it.
 */
export function transpose(
  a: Float64Array,
  rows: number,
  cols: number,
  out: Float64Array = new Float64Array(a.length),
): Float64Array {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) out[c * rows + r] = a[r * cols + c];
  }
  return out;
}
