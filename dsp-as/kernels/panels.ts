// The matrix product that all kernels share, with both operands packed: A [m, k] in panels of four
// rows, [m / 4][k][4], and B [k, n] in panels of eight columns, [n / 8][k][8], with zeros where there
// is no row or column.
//
// What counts here is the number of loads: engines without guard pages check the bounds of each one, with
// three instructions or five. Hence one load for the four numbers of A, which are then spread by shuffles,
// and a tile of 4 x 8 sums: larger ones do not fit the registers together with what is spread (docs/winograd.md).

import { madd } from "../dsp/madd";

/** Steps after which two tiles change turns. */
const TURN: i32 = 32;

/** Rows of A that `rows` rows are stored as: whole panels. */
export function panelRows(rows: i32): i32 {
  return (rows + 3) & ~3;
}

/**
 * C [rows, n] = A B, or C += A B with `add`, with `cRow` bytes from one row of C to the next, none of which
 * overlap; `rows` = panelRows(), n a multiple of eight. Every row is summed in the same order, wherever it
 * stands, so that the features of a frame do not depend on the others of its batch.
 */
export function multiplyPanels(
  rows: i32, n: i32, k: i32, a: usize, b: usize, c: usize, cRow: usize, add: bool,
): void {
  const panelA = <usize>k << 4, panelB = <usize>k << 5;
  const mode = add ? CONTINUE : SET;
  for (let j: i32 = 0; j < n; j += 8, b += panelB, c += 32) {
    let from = a, to = c;
    let i: i32 = 0;
    if (rows > 4) {
      tilesInTurn(k, a, a + panelA, b, c, c + 4 * cRow, cRow, mode);
      i = 8; from += 2 * panelA; to += 8 * cRow;
    }
    for (; i < rows; i += 4, from += panelA, to += 4 * cRow) tile(k, from, 16, b, to, cRow, mode);
  }
}

/**
 * Two tiles below each other, a few steps of one and the same of the other in turn. B may come from memory: one
 * tile alone would take it faster than it comes, and the second leave memory idle.
 */
function tilesInTurn(
  k: i32, a0: usize, a1: usize, b: usize, c0: usize, c1: usize, cRow: usize, mode: i32,
): void {
  for (let p: i32 = 0; p < k; p += TURN, a0 += TURN << 4, a1 += TURN << 4, b += TURN << 5) {
    const steps = min(TURN, k - p);
    tile(steps, a0, 16, b, c0, cRow, mode);
    tile(steps, a1, 16, b, c1, cRow, mode);
    mode = CONTINUE;
  }
}

/** The sums of a tile replace what is in C. */
export const SET: i32 = 0;
/** They are added to it, row by row. */
export const ADD: i32 = 1;
/** They begin with what is in C, as if the steps before had been of the same call. */
const CONTINUE: i32 = 2;

/**
 * The micro-kernel: 4 x 8 sums in registers. The four numbers of A that one step takes lie side by side,
 * those of the next step `aStep` bytes on. `mode` is SET, ADD or CONTINUE.
 */
export function tile(k: i32, a: usize, aStep: usize, b: usize, c: usize, cRow: usize, mode: i32): void {
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  if (mode == CONTINUE) {
    const c1 = c + cRow, c2 = c1 + cRow, c3 = c2 + cRow;
    s00 = v128.load(c); s01 = v128.load(c, 16);
    s10 = v128.load(c1); s11 = v128.load(c1, 16);
    s20 = v128.load(c2); s21 = v128.load(c2, 16);
    s30 = v128.load(c3); s31 = v128.load(c3, 16);
  }
  for (const end = b + (<usize>k << 5); b < end; a += aStep, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const rows = v128.load(a);
    let x = v128.shuffle<f32>(rows, rows, 0, 0, 0, 0);
    s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.shuffle<f32>(rows, rows, 1, 1, 1, 1);
    s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.shuffle<f32>(rows, rows, 2, 2, 2, 2);
    s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.shuffle<f32>(rows, rows, 3, 3, 3, 3);
    s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
  }
  const add = mode == ADD;
  writeRow(c, s00, s01, add);
  writeRow(c + cRow, s10, s11, add);
  writeRow(c + 2 * cRow, s20, s21, add);
  writeRow(c + 3 * cRow, s30, s31, add);
}

// @ts-ignore: decorator
@inline
function writeRow(c: usize, low: v128, high: v128, add: bool): void {
  // Read, added to and written before the next row is, because rows may overlap (sgemm.ts).
  if (add) {
    low = f32x4.add(low, v128.load(c));
    high = f32x4.add(high, v128.load(c, 16));
  }
  v128.store(c, low);
  v128.store(c, high, 16);
}
