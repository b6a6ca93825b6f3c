// The matrix product that both convolution kernels share, with both operands packed. A [m, k] lies in
// panels of six rows, the last ones of four, so that eight rows need no twelve; a panel holds
// its rows' numbers 0-3, then 4-7 and so on: [k / 4][rows][4]. B [k, n] lies in panels of eight columns, [k][8].
// k is a multiple of 4 and n of 8, filled with zeros. The inner loop is then two loads of B and a
// broadcast load of A a row, all at constant offsets from two pointers, for twelve multiply-adds.

import { madd } from "../dsp/madd";

/** Rows of A that `rows` rows are stored as: none is left out and only full panels of six or four are used. */
export function panelRows(rows: i32): i32 {
  return rows < 4 ? 4 : rows + (rows & 1);
}

/** How many of the panels of `rows` = panelRows() rows have six of them; the others have four. */
export function sixes(rows: i32): i32 {
  const left = rows % 6;
  return left == 0 ? rows / 6 : left == 4 ? rows / 6 : rows / 6 - 1;
}

/** Address of row `row` in A, of which `six` panels have six rows; `k` numbers a row. */
export function rowAddress(a: usize, row: i32, six: i32, k: i32): usize {
  const start = 6 * six;
  if (row < start) return a + (<usize>(row / 6 * 6) * k << 2) + (row % 6 << 4);
  const rest = row - start;
  return a + (<usize>(start + (rest & ~3)) * k << 2) + ((rest & 3) << 4);
}

/** Bytes between row `row`'s groups of four numbers. */
// @ts-ignore: decorator
@inline
export function groupStep(row: i32, six: i32): usize {
  return row < 6 * six ? 96 : 64;
}

/** C [rows, n] = A B, with `cRow` bytes from one row of C to the next; `rows` = panelRows(). */
export function multiplyPanels(
  rows: i32, n: i32, k: i32, a: usize, b: usize, c: usize, cRow: usize,
): void {
  const six = sixes(rows);
  const panelB = <usize>k << 5;
  for (let j: i32 = 0; j < n; j += 8, b += panelB, c += 32) {
    let from = a, to = c, i: i32 = 0;
    for (; i < six; i++, from += <usize>k * 24, to += 6 * cRow) tile6(k, from, b, to, cRow);
    for (i *= 6; i < rows; i += 4, from += <usize>k << 4, to += 4 * cRow) tile4(k, from, b, to, cRow);
  }
}

function tile6(k: i32, a: usize, b: usize, c: usize, cRow: usize): void {
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00;
  let s30 = s00, s31 = s00, s40 = s00, s41 = s00, s50 = s00, s51 = s00;
  for (const end = b + (<usize>k << 5); b < end; a += 96, b += 128) {
    let b0 = v128.load(b, 0), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a, 0); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 16); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 32); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 48); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    x = v128.load_splat<f32>(a, 64); s40 = madd<f32>(x, b0, s40); s41 = madd<f32>(x, b1, s41);
    x = v128.load_splat<f32>(a, 80); s50 = madd<f32>(x, b0, s50); s51 = madd<f32>(x, b1, s51);
    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load_splat<f32>(a, 4); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 20); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 36); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 52); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    x = v128.load_splat<f32>(a, 68); s40 = madd<f32>(x, b0, s40); s41 = madd<f32>(x, b1, s41);
    x = v128.load_splat<f32>(a, 84); s50 = madd<f32>(x, b0, s50); s51 = madd<f32>(x, b1, s51);
    b0 = v128.load(b, 64); b1 = v128.load(b, 80);
    x = v128.load_splat<f32>(a, 8); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 24); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 40); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 56); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    x = v128.load_splat<f32>(a, 72); s40 = madd<f32>(x, b0, s40); s41 = madd<f32>(x, b1, s41);
    x = v128.load_splat<f32>(a, 88); s50 = madd<f32>(x, b0, s50); s51 = madd<f32>(x, b1, s51);
    b0 = v128.load(b, 96); b1 = v128.load(b, 112);
    x = v128.load_splat<f32>(a, 12); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 28); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 44); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 60); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    x = v128.load_splat<f32>(a, 76); s40 = madd<f32>(x, b0, s40); s41 = madd<f32>(x, b1, s41);
    x = v128.load_splat<f32>(a, 92); s50 = madd<f32>(x, b0, s50); s51 = madd<f32>(x, b1, s51);
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  c += cRow;
  v128.store(c, s10); v128.store(c, s11, 16);
  c += cRow;
  v128.store(c, s20); v128.store(c, s21, 16);
  c += cRow;
  v128.store(c, s30); v128.store(c, s31, 16);
  c += cRow;
  v128.store(c, s40); v128.store(c, s41, 16);
  c += cRow;
  v128.store(c, s50); v128.store(c, s51, 16);
}

function tile4(k: i32, a: usize, b: usize, c: usize, cRow: usize): void {
  let s00 = f32x4.splat(0), s01 = s00, s10 = s00, s11 = s00;
  let s20 = s00, s21 = s00, s30 = s00, s31 = s00;
  for (const end = b + (<usize>k << 5); b < end; a += 64, b += 128) {
    let b0 = v128.load(b, 0), b1 = v128.load(b, 16);
    let x = v128.load_splat<f32>(a, 0); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 16); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 32); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 48); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    b0 = v128.load(b, 32); b1 = v128.load(b, 48);
    x = v128.load_splat<f32>(a, 4); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 20); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 36); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 52); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    b0 = v128.load(b, 64); b1 = v128.load(b, 80);
    x = v128.load_splat<f32>(a, 8); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 24); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 40); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 56); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
    b0 = v128.load(b, 96); b1 = v128.load(b, 112);
    x = v128.load_splat<f32>(a, 12); s00 = madd<f32>(x, b0, s00); s01 = madd<f32>(x, b1, s01);
    x = v128.load_splat<f32>(a, 28); s10 = madd<f32>(x, b0, s10); s11 = madd<f32>(x, b1, s11);
    x = v128.load_splat<f32>(a, 44); s20 = madd<f32>(x, b0, s20); s21 = madd<f32>(x, b1, s21);
    x = v128.load_splat<f32>(a, 60); s30 = madd<f32>(x, b0, s30); s31 = madd<f32>(x, b1, s31);
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  c += cRow;
  v128.store(c, s10); v128.store(c, s11, 16);
  c += cRow;
  v128.store(c, s20); v128.store(c, s21, 16);
  c += cRow;
  v128.store(c, s30); v128.store(c, s31, 16);
}
