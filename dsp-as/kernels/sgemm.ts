// Single-precision matrix product in the manner of K. Goto and R. van de Geijn, "Anatomy of
// High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008: blocks of both operands are copied
// into panels that fit the caches, and a micro-kernel keeps a tile of the result in registers.

import { packEights, packFours, transpose4 } from "./pack";
import { ADD, SET, tile } from "./panels";

/** Block sizes: a panel of A (96 x 256) and a block of B (256 x 256) share the second-level cache. */
const MC: i32 = 96;
const KC: i32 = 256;
const NC: i32 = 256;

/** Columns and steps that the product of a few rows takes at a time. */
const THIN_COLUMNS: i32 = 1024;
const THIN_STEPS: i32 = 64;

/** Bytes of a tile that goes through memory. */
const SPARE: usize = 128;

/** Bytes of scratch memory that sgemm() needs: the packed blocks of A and B and one spare tile. */
export function sgemmScratchBytes(): i32 {
  return ((MC * KC + KC * NC) << 2) + <i32>SPARE;
}

/**
 * C = A B, or C += A B with `accumulate`. A is m x k, B is k x n, C is m x n with contiguous rows.
 * Element (i, j) of A lies at `a + 4 (i aRow + j aCol)`, so a transposed operand costs nothing more; B likewise.
 *
 * Rows of C may overlap (cRow < n) when `accumulate` is set: each row of a tile, or where the tile is
 * transposed each number, is read, added to and written back before the next is read. The gradient of a
 * convolution with a stride relies on it.
 */
export function sgemm(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32, accumulate: bool, scratch: usize,
): void {
  if (k == 0 && !accumulate) {
    for (let i: i32 = 0; i < m; i++) memory.fill(c + (<usize>i * cRow << 2), 0, <usize>n << 2);
  }
  if (m > 8 || n <= m) {
    product(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, 1, accumulate, scratch);
  } else if (bCol == 1 && cRow >= n) {
    thin(m, n, k, a, aRow, aCol, b, bRow, c, cRow, accumulate, scratch);
  } else {
    // A few rows fill the eight columns of a tile: the transposed product.
    product(n, m, k, b, bCol, bRow, a, aCol, aRow, c, 1, cRow, accumulate, scratch);
  }
}

function product(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32, cCol: i32, accumulate: bool, scratch: usize,
): void {
  const spare = scratch;
  const packedA = spare + SPARE;
  const packedB = packedA + ((MC * KC) << 2);
  const rowsAtOnce = n <= 8 ? 4 : MC;
  for (let jc: i32 = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc: i32 = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      packEights(packedB, b + ((<usize>pc * bRow + <usize>jc * bCol) << 2), kc, nc, bRow, bCol);
      const add = accumulate || pc > 0;
      for (let ic: i32 = 0; ic < m; ic += rowsAtOnce) {
        const mc = min(rowsAtOnce, m - ic);
        const block = a + ((<usize>ic * aRow + <usize>pc * aCol) << 2);
        // Four rows side by side are four streams to the processor, of which it fetches none in time; one is fast.
        if (n <= 8 && aCol == 1 && ic + 8 <= m) fetchRows(block + (<usize>aRow << 4), <usize>aRow << 2, kc, spare);
        packFours(packedA, block, mc, kc, aRow, aCol);
        for (let j: i32 = 0; j < nc; j += 8) {
          const panelB = packedB + (<usize>j * kc << 2);
          for (let i: i32 = 0; i < mc; i += 4) {
            const at = c + ((<usize>(ic + i) * cRow + <usize>(jc + j) * cCol) << 2);
            const panelA = packedA + (<usize>i * kc << 2);
            const rows = min(4, mc - i), cols = min(8, nc - j);
            if (rows == 4 && cols == 8 && cCol == 1) {
              tile(kc, panelA, 16, panelB, at, <usize>cRow << 2, add ? ADD : SET);
            } else {
              tile(kc, panelA, 16, panelB, spare, 32, SET);
              if (cRow == 1) writeColumns(spare, at, rows, cols, cCol, add);
              else writeNumbers(spare, at, rows, cols, cRow, cCol, add);
            }
          }
        }
      }
    }
  }
}

/** Reads four rows of k numbers one after the other, so that they are in the cache when they are used. */
function fetchRows(from: usize, row: usize, k: i32, spare: usize): void {
  let sum: f32 = 0;
  for (let i: i32 = 0; i < 4; i++, from += row) {
    for (let p: i32 = 0; p < k; p += 16) sum += load<f32>(from + (<usize>p << 2));
  }
  store<f32>(spare, sum); // lest the reading be optimised away
}

/**
 * At most eight rows times a matrix with contiguous rows, the forward pass of a dense layer: B is read once,
 * as it lies, and the transposed tiles of the result stay in scratch memory until all steps are done.
 */
function thin(
  m: i32, n: i32, k: i32, a: usize, aRow: i32, aCol: i32, b: usize, bRow: i32,
  c: usize, cRow: i32, accumulate: bool, scratch: usize,
): void {
  const rows = scratch;
  const edge = rows + (THIN_STEPS << 5);
  const sums = edge + (THIN_STEPS << 4);
  for (let jc: i32 = 0; jc < n; jc += THIN_COLUMNS) {
    const nc = min(THIN_COLUMNS, n - jc);
    for (let pc: i32 = 0; pc < k; pc += THIN_STEPS) {
      const kc = min(THIN_STEPS, k - pc);
      packEights(rows, a + (<usize>pc * aCol << 2), kc, m, aCol, aRow);
      const block = b + ((<usize>pc * bRow + jc) << 2);
      const whole = nc & ~3;
      let to = sums;
      for (let j: i32 = 0; j < whole; j += 4, to += SPARE) {
        tile(kc, block + (<usize>j << 2), <usize>bRow << 2, rows, to, 32, pc > 0 ? ADD : SET);
      }
      if (whole < nc) {
        packFours(edge, block + (<usize>whole << 2), nc - whole, kc, 1, bRow);
        tile(kc, edge, 16, rows, to, 32, pc > 0 ? ADD : SET);
      }
    }
    let from = sums;
    for (let j: i32 = 0; j < nc; j += 4, from += SPARE) {
      if (k > 0) writeColumns(from, c + (<usize>(jc + j) << 2), min(4, nc - j), m, cRow, accumulate);
    }
  }
}

/** A tile of `rows` x `cols` sums to C, whose columns are contiguous and `cCol` numbers apart. */
function writeColumns(from: usize, c: usize, rows: i32, cols: i32, cCol: i32, add: bool): void {
  if (rows < 4 || add) {
    writeNumbers(from, c, rows, cols, 1, cCol, add);
    return;
  }
  const next = <usize>cCol << 2;
  if (cols == 8) {
    transpose4(from, 32, c, next);
    transpose4(from + 16, 32, c + 4 * next, next);
    return;
  }
  if (cols >= 4) {
    transpose4(from, 32, c, next);
    from += 16; c += 4 * next; cols -= 4;
  }
  writeNumbers(from, c, 4, cols, 1, cCol, false);
}

/** A tile of `rows` x `cols` sums to C, number by number. */
function writeNumbers(
  from: usize, c: usize, rows: i32, cols: i32, cRow: i32, cCol: i32, add: bool,
): void {
  for (let i: i32 = 0; i < rows; i++) {
    let at = c + (<usize>i * cRow << 2);
    for (let j: i32 = 0; j < cols; j++, at += <usize>cCol << 2) {
      const sum = load<f32>(from + (i << 5) + (j << 2));
      store<f32>(at, add ? load<f32>(at) + sum : sum);
    }
  }
}
