// Copies of blocks of a matrix in the panels that panels.ts multiplies.

/** Four vectors transposed to four at `to`, `step` bytes apart: the first holds the first number of each. */
// @ts-ignore: decorator
@inline
export function transposeFour(
  first: usize, second: usize, third: usize, fourth: usize, to: usize, step: usize,
): void {
  const a = v128.load(first), b = v128.load(second), c = v128.load(third), d = v128.load(fourth);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5), cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const ef = v128.shuffle<f32>(a, b, 2, 6, 3, 7), gh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(to + step, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  v128.store(to + 2 * step, v128.shuffle<f32>(ef, gh, 0, 1, 4, 5));
  v128.store(to + 3 * step, v128.shuffle<f32>(ef, gh, 2, 3, 6, 7));
}

/** The same for vectors that are `apart` bytes from each other. */
// @ts-ignore: decorator
@inline
export function transpose4(from: usize, apart: usize, to: usize, step: usize): void {
  transposeFour(from, from + apart, from + 2 * apart, from + 3 * apart, to, step);
}

/**
 * Copies [m, k] to panels of four rows, [m / 4][k][4], zeros in rows that do not exist. Element (i, p) lies
 * at `a + 4 (i aRow + p aCol)`.
 */
export function packFours(to: usize, a: usize, m: i32, k: i32, aRow: i32, aCol: i32): void {
  const row = <usize>aRow << 2, col = <usize>aCol << 2;
  for (let i: i32 = 0; i < m; i += 4, a += 4 * row) {
    if (m - i < 4) {
      packSome(to, a, m - i, 4, k, row, col);
      return;
    }
    let from = a;
    let p: i32 = 0;
    if (aRow == 1) {
      for (; p < k; p++, from += col, to += 16) v128.store(to, v128.load(from));
    } else if (aCol == 1) {
      for (; p <= k - 4; p += 4, from += 16, to += 64) transpose4(from, row, to, 16);
    }
    for (; p < k; p++, from += col, to += 16) {
      store<f32>(to, load<f32>(from));
      store<f32>(to, load<f32>(from + row), 4);
      store<f32>(to, load<f32>(from + 2 * row), 8);
      store<f32>(to, load<f32>(from + 3 * row), 12);
    }
  }
}

/**
 * Copies [k, n] to panels of eight columns, [n / 8][k][8], zeros in columns that do not exist. Element
 * (p, j) lies at `b + 4 (p bRow + j bCol)`.
 */
export function packEights(to: usize, b: usize, k: i32, n: i32, bRow: i32, bCol: i32): void {
  const row = <usize>bRow << 2, col = <usize>bCol << 2;
  for (let j: i32 = 0; j < n; j += 8, b += 8 * col) {
    if (n - j < 8) {
      packSome(to, b, n - j, 8, k, col, row);
      return;
    }
    let from = b;
    let p: i32 = 0;
    if (bCol == 1) {
      for (; p < k; p++, from += row, to += 32) {
        v128.store(to, v128.load(from));
        v128.store(to, v128.load(from, 16), 16);
      }
    } else if (bRow == 1) {
      for (; p <= k - 4; p += 4, from += 16, to += 128) {
        transpose4(from, col, to, 32);
        transpose4(from + 4 * col, col, to + 16, 32);
      }
    }
    for (; p < k; p++, from += row) {
      let at = from;
      for (let s: i32 = 0; s < 8; s++, at += col, to += 4) store<f32>(to, load<f32>(at));
    }
  }
}

/** A panel of `width` of which only the first `count` exist, `across` bytes apart; the k steps are `along` bytes apart. */
function packSome(
  to: usize, from: usize, count: i32, width: i32, k: i32, across: usize, along: usize,
): void {
  for (let p: i32 = 0; p < k; p++, from += along) {
    for (let s: i32 = 0; s < width; s++, to += 4) {
      store<f32>(to, s < count ? load<f32>(from + <usize>s * across) : 0);
    }
  }
}
