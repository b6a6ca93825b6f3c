// The patches of an NHWC picture that a filter sees, laid out for the matrix product.

import { transposeFour } from "./pack";

/** Bytes of scratch memory that packPatches() needs: what it knows of four pixels. */
export const PATCH_BYTES: usize = 64;

/**
 * The patches of `count` output pixels from the `first` of the batch on, as rows [count, taps] in panels of four
 * rows, [count / 4][taps][4]: taps by filter row, filter column and channel. Rows and taps that do not
 * exist are zeros. `taps` is a multiple of four, `info` the address of PATCH_BYTES bytes.
 */
export function packPatches(
  to: usize, x: usize, first: i32, count: i32, taps: i32,
  inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32, info: usize,
): void {
  const run = fw * inC;
  const line = <usize>(inW * inC) << 2;
  for (let r: i32 = 0; r < count; r += 4, to += <usize>taps << 4) {
    let whole = r + 4 <= count;
    for (let s: i32 = 0; s < min(4, count - r); s++) {
      const pixel = first + r + s;
      const ox = pixel % outW, row = pixel / outW, oy = row % outH, frame = row / outH;
      const top = oy * strideY - padTop, left = ox * strideX - padLeft;
      const corner = x + ((<usize>frame * inH + top) * line + (<usize>(left * inC) << 2));
      store<usize>(info + (s << 4), corner);
      store<i32>(info + (s << 4), top, 4);
      store<i32>(info + (s << 4), left, 8);
      whole = whole && top >= 0 && top + fh <= inH && left >= 0 && left + fw <= inW;
    }
    if (whole) {
      packWhole(to, run, fh, line, load<usize>(info), load<usize>(info, 16), load<usize>(info, 32), load<usize>(info, 48));
      for (let p = fh * run; p < taps; p++) v128.store(to + (<usize>p << 4), f32x4.splat(0));
      continue;
    }
    memory.fill(to, 0, <usize>taps << 4);
    for (let s: i32 = 0; s < min(4, count - r); s++) {
      packOne(
        to + (s << 2), load<usize>(info + (s << 4)), load<i32>(info + (s << 4), 4), load<i32>(info + (s << 4), 8),
        line, inH, inW, inC, fh, fw,
      );
    }
  }
}

/** Four patches within the picture: their runs of contiguous numbers, transposed. */
function packWhole(
  to: usize, run: i32, fh: i32, line: usize, a: usize, b: usize, c: usize, d: usize,
): void {
  const last = <usize>(run - 4) << 2;
  for (let fy: i32 = 0; fy < fh; fy++, to += <usize>run << 4) {
    if (run < 4) {
      let at = to;
      for (let p: usize = 0; p < <usize>run << 2; p += 4, at += 16) {
        store<f32>(at, load<f32>(a + p)); store<f32>(at, load<f32>(b + p), 4);
        store<f32>(at, load<f32>(c + p), 8); store<f32>(at, load<f32>(d + p), 12);
      }
      a += line; b += line; c += line; d += line;
      continue;
    }
    for (let at: usize = 0; at < last; at += 16) transposeFour(a + at, b + at, c + at, d + at, to + (at << 2), 16);
    // The last four of a run that is no multiple of four are partly those before.
    transposeFour(a + last, b + last, c + last, d + last, to + (last << 2), 16);
    a += line; b += line; c += line; d += line;
  }
}

/** One patch, of which a part may lie outside the picture. */
function packOne(
  to: usize, corner: usize, top: i32, left: i32, line: usize,
  inH: i32, inW: i32, inC: i32, fh: i32, fw: i32,
): void {
  const from = max(0, -left), past = min(fw, inW - left);
  if (past <= from) return;
  for (let fy = max(0, -top); fy < min(fh, inH - top); fy++) {
    // The taps of one row of the filter lie one after the other in the picture too.
    let at = corner + fy * line + (<usize>(from * inC) << 2);
    const last = (fy * fw + past) * inC;
    for (let p = (fy * fw + from) * inC; p < last; p++, at += 4) {
      store<f32>(to + (<usize>p << 4), load<f32>(at));
    }
  }
}

/** Taps that one filter row takes as rows of packPatchColumns(): whole panels. */
export function paddedRun(fw: i32, inC: i32): i32 {
  return (fw * inC + 3) & ~3;
}

/**
 * The same patches transposed, [taps, count] in panels of four taps, [taps / 4][count][4], each filter row
 * padded to whole panels (paddedRun).
 */
export function packPatchColumns(
  to: usize, x: usize, first: i32, count: i32,
  inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, fh: i32, fw: i32,
  strideY: i32, strideX: i32, padTop: i32, padLeft: i32,
): void {
  const run = fw * inC, padded = paddedRun(fw, inC);
  const line = <usize>(inW * inC) << 2;
  const panel = <usize>count << 4;
  let ox = first % outW, row = first / outW;
  let oy = row % outH, frame = row / outH;
  for (let r: i32 = 0; r < count; r++, to += 16) {
    const top = oy * strideY - padTop, left = ox * strideX - padLeft;
    const corner = x + ((<usize>frame * inH + top) * line + (<usize>(left * inC) << 2));
    const inside = left >= 0 && left + fw <= inW;
    let at = to;
    for (let fy: i32 = 0; fy < fh; fy++) {
      const from = corner + fy * line;
      const exists = top + fy >= 0 && top + fy < inH;
      if (exists && inside) {
        let p: i32 = 0;
        for (; p <= run - 4; p += 4, at += panel) v128.store(at, v128.load(from + (<usize>p << 2)));
        if (p < padded) {
          for (let s: i32 = 0; s < 4; s++) {
            store<f32>(at + (s << 2), p + s < run ? load<f32>(from + (<usize>(p + s) << 2)) : 0);
          }
          at += panel;
        }
        continue;
      }
      const low = exists ? max(0, -left) * inC : 0, high = exists ? min(fw, inW - left) * inC : 0;
      for (let p: i32 = 0; p < padded; p += 4, at += panel) {
        for (let s: i32 = 0; s < 4; s++) {
          const tap = p + s;
          store<f32>(at + (s << 2), tap >= low && tap < high ? load<f32>(from + (<usize>tap << 2)) : 0);
        }
      }
    }
    if (++ox == outW) {
      ox = 0;
      if (++oy == outH) { oy = 0; frame++; }
    }
  }
}
