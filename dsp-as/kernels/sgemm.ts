// Single-precision matrix product in the manner of K. Goto and R. van de Geijn, "Anatomy of
// High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008: blocks of both operands are copied
// into panels that fit the caches, and a micro-kernel keeps a tile of the result in registers.

/** Rows and columns of the tile held in registers: 12 sums, 2 vectors of B and 1 of A fill the 16 registers of SSE. */
const MR: i32 = 6;
const NR: i32 = 8;

/** Block sizes: a panel of A (96 x 256) and a block of B (256 x 256) share the second-level cache. */
const MC: i32 = 96;
const KC: i32 = 256;
const NC: i32 = 256;

/** Bytes of scratch memory that sgemm() needs: the packed blocks of A and B and one spare tile row. */
export function sgemmScratchBytes(): i32 {
  return (MC * KC + KC * NC + NR) << 2;
}

/** acc + a * b, fused where the build has relaxed SIMD. */
// @ts-ignore: decorator
@inline
function madd(a: v128, b: v128, acc: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, acc);
  return f32x4.add(f32x4.mul(a, b), acc);
}

/**
 * C = A B, or C += A B with `accumulate`. A is m x k, B is k x n, C is m x n with contiguous rows.
 * Element (i, j) of A lies at `a + 4 (i aRow + j aCol)`, so a transposed operand costs nothing more; B likewise.
 *
 * Rows of C may overlap (cRow < n) when `accumulate` is set: each row of a tile, or where the tile is
 * transposed each number, is read, added to and written back before the next is read. The gradient of a
 * 1-D convolution relies on it.
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
  // A few rows fill the eight columns of a tile better than its six rows: compute the transposed product.
  if (m <= NR && n > m) {
    product(n, m, k, b, bCol, bRow, a, aCol, aRow, c, 1, cRow, accumulate, scratch);
  } else {
    product(m, n, k, a, aRow, aCol, b, bRow, bCol, c, cRow, 1, accumulate, scratch);
  }
}

function product(
  m: i32, n: i32, k: i32,
  a: usize, aRow: i32, aCol: i32,
  b: usize, bRow: i32, bCol: i32,
  c: usize, cRow: i32, cCol: i32, accumulate: bool, scratch: usize,
): void {
  const packedA = scratch;
  const packedB = packedA + ((MC * KC) << 2);
  const spare = packedB + ((KC * NC) << 2);
  // Where each number of A is used for one panel of B only, copying it would cost as much as using it.
  const direct = n <= NR;
  for (let jc: i32 = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc: i32 = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      packB(packedB, b + ((<usize>pc * bRow + <usize>jc * bCol) << 2), kc, nc, bRow, bCol);
      const add = accumulate || pc > 0;
      for (let ic: i32 = 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic);
        const block = a + ((<usize>ic * aRow + <usize>pc * aCol) << 2);
        const packed = direct ? mc - mc % MR : 0;
        packA(packedA, block + (<usize>packed * aRow << 2), mc - packed, kc, aRow, aCol);
        for (let j: i32 = 0; j < nc; j += NR) {
          const panelB = packedB + (<usize>j * kc << 2);
          for (let i: i32 = 0; i < mc; i += MR) {
            const at = c + ((<usize>(ic + i) * cRow + <usize>(jc + j) * cCol) << 2);
            const rows = min(MR, mc - i), cols = min(NR, nc - j);
            if (i < packed) {
              const from = block + (<usize>i * aRow << 2);
              tile(kc, from, aRow << 2, aCol << 2, panelB, at, cRow, cCol, rows, cols, add, spare);
            } else {
              const from = packedA + (<usize>(i - packed) * kc << 2);
              tile(kc, from, 4, MR << 2, panelB, at, cRow, cCol, rows, cols, add, spare);
            }
          }
        }
      }
    }
  }
}

/** Copies a block of A into panels of MR rows, each stored column by column; missing rows are zero. */
function packA(to: usize, a: usize, mc: i32, kc: i32, aRow: i32, aCol: i32): void {
  const row = <usize>aRow << 2, col = <usize>aCol << 2;
  for (let i: i32 = 0; i < mc; i += MR) {
    const rows = min(MR, mc - i);
    let from = a + <usize>i * row;
    if (rows == MR) {
      for (let p: i32 = 0; p < kc; p++, from += col, to += MR << 2) {
        store<f32>(to, load<f32>(from));
        store<f32>(to, load<f32>(from + row), 4);
        store<f32>(to, load<f32>(from + 2 * row), 8);
        store<f32>(to, load<f32>(from + 3 * row), 12);
        store<f32>(to, load<f32>(from + 4 * row), 16);
        store<f32>(to, load<f32>(from + 5 * row), 20);
      }
    } else {
      for (let p: i32 = 0; p < kc; p++, from += col) {
        for (let r: i32 = 0; r < MR; r++, to += 4) {
          store<f32>(to, r < rows ? load<f32>(from + <usize>r * row) : 0);
        }
      }
    }
  }
}

/** Copies a block of B into panels of NR columns, each stored row by row; missing columns are zero. */
function packB(to: usize, b: usize, kc: i32, nc: i32, bRow: i32, bCol: i32): void {
  const row = <usize>bRow << 2, col = <usize>bCol << 2;
  for (let j: i32 = 0; j < nc; j += NR) {
    const cols = min(NR, nc - j);
    let from = b + <usize>j * col;
    if (cols < NR) {
      for (let p: i32 = 0; p < kc; p++, from += row) {
        for (let s: i32 = 0; s < NR; s++, to += 4) {
          store<f32>(to, s < cols ? load<f32>(from + <usize>s * col) : 0);
        }
      }
    } else if (bCol == 1) {
      for (let p: i32 = 0; p < kc; p++, from += row, to += NR << 2) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
    } else {
      for (let p: i32 = 0; p < kc; p++, from += row, to += NR << 2) {
        store<f32>(to, load<f32>(from));
        store<f32>(to, load<f32>(from + col), 4);
        store<f32>(to, load<f32>(from + 2 * col), 8);
        store<f32>(to, load<f32>(from + 3 * col), 12);
        store<f32>(to, load<f32>(from + 4 * col), 16);
        store<f32>(to, load<f32>(from + 5 * col), 20);
        store<f32>(to, load<f32>(from + 6 * col), 24);
        store<f32>(to, load<f32>(from + 7 * col), 28);
      }
    }
  }
}

/** The micro-kernel: one MR x NR tile of C from MR rows of A, `row` and `col` bytes apart, and a panel of B. */
// @ts-ignore: decorator
@inline
function tile(
  kc: i32, a: usize, row: usize, col: usize, b: usize,
  c: usize, cRow: i32, cCol: i32, rows: i32, cols: i32, add: bool, spare: usize,
): void {
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00;
  let s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00, s51 = s00;
  for (let p: i32 = 0; p < kc; p++, a += col, b += NR << 2) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a);
    s00 = madd(x, b0, s00); s01 = madd(x, b1, s01);
    x = v128.load_splat<f32>(a + row);
    s10 = madd(x, b0, s10); s11 = madd(x, b1, s11);
    x = v128.load_splat<f32>(a + 2 * row);
    s20 = madd(x, b0, s20); s21 = madd(x, b1, s21);
    x = v128.load_splat<f32>(a + 3 * row);
    s30 = madd(x, b0, s30); s31 = madd(x, b1, s31);
    x = v128.load_splat<f32>(a + 4 * row);
    s40 = madd(x, b0, s40); s41 = madd(x, b1, s41);
    x = v128.load_splat<f32>(a + 5 * row);
    s50 = madd(x, b0, s50); s51 = madd(x, b1, s51);
  }
  const next = <usize>cRow << 2;
  writeRow(c, s00, s01, cCol, cols, add, spare);
  if (rows > 1) writeRow(c + next, s10, s11, cCol, cols, add, spare);
  if (rows > 2) writeRow(c + 2 * next, s20, s21, cCol, cols, add, spare);
  if (rows > 3) writeRow(c + 3 * next, s30, s31, cCol, cols, add, spare);
  if (rows > 4) writeRow(c + 4 * next, s40, s41, cCol, cols, add, spare);
  if (rows > 5) writeRow(c + 5 * next, s50, s51, cCol, cols, add, spare);
}

function writeRow(
  c: usize, low: v128, high: v128, cCol: i32, cols: i32, add: bool, spare: usize,
): void {
  if (cols == NR && cCol == 1) {
    if (add) {
      low = f32x4.add(low, v128.load(c));
      high = f32x4.add(high, v128.load(c, 16));
    }
    v128.store(c, low);
    v128.store(c, high, 16);
    return;
  }
  v128.store(spare, low);
  v128.store(spare, high, 16);
  const next = <usize>cCol << 2;
  for (let j: i32 = 0; j < cols; j++, c += next, spare += 4) {
    store<f32>(c, add ? load<f32>(c) + load<f32>(spare) : load<f32>(spare));
  }
}
