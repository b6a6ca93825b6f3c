// 3 x 3 convolution with stride 1 by the minimal filtering algorithm F(4 x 4, 3 x 3): A. Lavin and
// S. Gray, "Fast algorithms for convolutional neural networks", CVPR 2016, with the matrices that the
// paper gives (interpolation at 0, 1, -1, 2, -2 and infinity). A tile of 4 x 4 outputs costs 36 products
// a pair of channels instead of 144. NHWC, any padding; docs/winograd.md has the numerical side.
//
// Tiles of all frames are worked on in blocks: transform the inputs of a block's tiles, multiply
// [tiles, inC] by [inC, outC] at each of the 36 points, transform back, add the bias, cut below zero.

import { transpose4 } from "./pack";
import { multiplyPanels, panelRows } from "./panels";

/** Points of a transformed tile, six by six. */
const POINTS: i32 = 36;
/** Bytes by which the points of a block are moved against each other, lest they compete for the same cache lines. */
const SKEW: usize = 64;
/** Bytes for half-transformed tiles. */
const TEMP: usize = 3072;

// @ts-ignore: decorator
@inline
function up(n: i32, to: i32): i32 {
  return (n + to - 1) & -to;
}

/** Bytes that a transformed filter takes. */
export function winogradFilterBytes(inC: i32, outC: i32): i32 {
  return <i32>(POINTS * pointBytes(up(inC, 4), up(outC, 8)));
}

// @ts-ignore: decorator
@inline
function pointBytes(rows: i32, columns: i32): usize {
  return (<usize>rows * columns << 2) + SKEW;
}

/** Transforms a filter [3, 3, inC, outC] to [36 points][outC / 8][inC][8]; `scratch` is that of the convolution. */
export function winogradFilter(w: usize, inC: i32, outC: i32, to: usize, scratch: usize): void {
  const cp = up(inC, 4), kp = up(outC, 8);
  const step = pointBytes(cp, kp);
  const row = <usize>outC << 2;
  memory.fill(to, 0, POINTS * step);
  for (let k: i32 = 0; k < outC; k += 4) {
    for (let c: i32 = 0; c < inC; c++) {
      let tap = w + ((<usize>c * outC + k) << 2);
      const taps = scratch + 288;
      if (k + 4 <= outC) {
        for (let i: i32 = 0; i < 9; i++, tap += inC * row) v128.store(taps + (i << 4), v128.load(tap));
      } else {
        memory.fill(taps, 0, 144);
        for (let i: i32 = 0; i < 9; i++, tap += inC * row) {
          memory.copy(taps + (i << 4), tap, <usize>(outC - k) << 2);
        }
      }
      for (let j: usize = 0; j < 48; j += 16) filterPoints(taps + j, 48, scratch + j, 48);
      const at = to + ((<usize>(k >> 3) * cp + c) << 5) + ((k & 4) << 2);
      for (let i: usize = 0; i < 6; i++) filterPoints(scratch + i * 48, 16, at + i * 6 * step, step);
    }
  }
}

/** G g: the filter at the six points. */
// @ts-ignore: decorator
@inline
function filterPoints(g: usize, gStep: usize, to: usize, step: usize): void {
  const g0 = v128.load(g), g1 = v128.load(g + gStep), g2 = v128.load(g + 2 * gStep);
  const even = f32x4.add(g0, g2);
  const quarters = f32x4.add(g0, f32x4.mul(g2, f32x4.splat(4)));
  const sixth = f32x4.splat(1.0 / 6.0), small = f32x4.splat(1.0 / 24.0);
  const twice = f32x4.add(g1, g1);
  v128.store(to, f32x4.mul(g0, f32x4.splat(0.25)));
  v128.store(to + step, f32x4.neg(f32x4.mul(f32x4.add(even, g1), sixth)));
  v128.store(to + 2 * step, f32x4.mul(f32x4.sub(g1, even), sixth));
  v128.store(to + 3 * step, f32x4.mul(f32x4.add(quarters, twice), small));
  v128.store(to + 4 * step, f32x4.mul(f32x4.sub(quarters, twice), small));
  v128.store(to + 5 * step, g2);
}

/** Bytes of scratch memory that a convolution, or the transform of its filter, needs. */
export function winogradScratchBytes(inC: i32, outC: i32, blockTiles: i32): i32 {
  const rows = panelRows(blockTiles);
  const cp = up(inC, 4);
  return <i32>(
    POINTS * (pointBytes(rows, cp) + pointBytes(rows, up(outC, 8))) + (<usize>POINTS * cp << 4) + TEMP
  );
}

/**
 * y [batch, outH, outW, outC] = the convolution of x with a transformed filter, plus `bias` unless its
 * address is 0, held between `least` and `most`. `blockTiles` tiles are worked on at a time.
 */
export function winogradConv2d(
  x: usize, filter: usize, bias: usize, y: usize,
  batch: i32, inH: i32, inW: i32, inC: i32, outH: i32, outW: i32, outC: i32,
  padTop: i32, padLeft: i32, least: f32, most: f32, blockTiles: i32, scratch: usize,
): void {
  const cp = up(inC, 4), kp = up(outC, 8);
  const across = (outW + 3) >> 2, down = (outH + 3) >> 2;
  const tiles = batch * across * down;
  const temp = scratch;
  const patches = temp + TEMP;
  const v = patches + (<usize>POINTS * cp << 4);
  for (let first: i32 = 0; first < tiles; first += blockTiles) {
    const count = min(blockTiles, tiles - first);
    const rows = panelRows(count);
    const vStep = pointBytes(rows, cp), mStep = pointBytes(rows, kp);
    const m = v + POINTS * vStep;
    transformInputs(x, inH, inW, inC, padTop, padLeft, first, count, across, down, v, vStep, patches, temp);
    multiplyPoints(rows, kp, cp, v, vStep, filter, m, mStep);
    transformOutputs(m, mStep, kp, bias, y, outH, outW, outC, least, most, first, count, across, down, temp);
  }
}

function multiplyPoints(
  rows: i32, kp: i32, cp: i32, v: usize, vStep: usize, filter: usize, m: usize, mStep: usize,
): void {
  const step = pointBytes(cp, kp);
  for (let i: i32 = 0; i < POINTS; i++) {
    multiplyPanels(rows, kp, cp, v, filter, m, <usize>kp << 2, false);
    v += vStep; filter += step; m += mStep;
  }
}

/** B^T d B for the block's tiles, four at a time, since the product takes the four as one vector. */
function transformInputs(
  x: usize, inH: i32, inW: i32, inC: i32, padTop: i32, padLeft: i32,
  first: i32, count: i32, across: i32, down: i32, v: usize, vStep: usize, patches: usize, temp: usize,
): void {
  const cp = up(inC, 4);
  const patchBytes = <usize>POINTS * cp << 2;
  const pixel = <usize>inC << 2, line = <usize>inW * pixel;
  // Where each of the four patches is, and how far apart its rows and pixels are.
  const places = temp + 96 * 6 + 4 * 576;
  for (let t: i32 = 0; t < count; t += 4, v += <usize>cp << 4) {
    for (let s: i32 = 0; s < 4; s++) {
      const place = places + s * 12, patch = patches + s * patchBytes;
      const tile = first + t + s;
      const row = tile / across, frame = row / down;
      const top = (row % down << 2) - padTop, left = (tile % across << 2) - padLeft;
      const corner = x + ((<usize>frame * inH + top) * line + left * pixel);
      if (
        t + s < count && cp == inC && top >= 0 && left >= 0 && top + 6 <= inH && left + 6 <= inW
      ) {
        store<usize>(place, corner); store<usize>(place, line, 4); store<usize>(place, pixel, 8);
        continue;
      }
      // At an edge, or where groups of four would read the next pixel's channels: a copy with zeros around.
      store<usize>(place, patch); store<usize>(place, cp * 24, 4); store<usize>(place, cp << 2, 8);
      memory.fill(patch, 0, patchBytes);
      if (t + s < count) copyPatch(patch, cp, corner, line, pixel, top, left, inH, inW);
    }
    for (let c: i32 = 0; c < cp; c += 4) {
      for (let s: usize = 0; s < 4; s++) {
        const place = places + s * 12;
        transformInput(
          load<usize>(place) + (c << 2), load<usize>(place, 4), load<usize>(place, 8),
          temp + 576 + s * 576, temp,
        );
      }
      let to = v + (<usize>c << 4);
      for (let i: usize = 576; i < 1152; i += 16, to += vStep) transpose4(temp + i, 576, to, 16);
    }
  }
}

/** Copies the pixels of a 6 x 6 patch that exist; the others stay as they are. */
function copyPatch(
  patch: usize, cp: i32, corner: usize, line: usize, pixel: usize,
  top: i32, left: i32, inH: i32, inW: i32,
): void {
  const from = max(0, -left), past = min(6, inW - left);
  for (let r: i32 = max(0, -top); r < min(6, inH - top); r++) {
    for (let c = from; c < past; c++) {
      memory.copy(patch + (<usize>(r * 6 + c) * cp << 2), corner + r * line + c * pixel, pixel);
    }
  }
}

/** Four channels of one patch of 6 x 6 pixels. */
function transformInput(from: usize, line: usize, pixel: usize, to: usize, temp: usize): void {
  for (let j: usize = 0; j < 96; j += 16, from += pixel) inputPoints(from, line, temp + j, 96);
  for (let i: usize = 0; i < 576; i += 96) inputPoints(temp + i, 16, to + i, 16);
}

// @ts-ignore: decorator
@inline
function inputPoints(d: usize, dStep: usize, to: usize, step: usize): void {
  const d0 = v128.load(d), d1 = v128.load(d + dStep), d2 = v128.load(d + 2 * dStep);
  const d3 = v128.load(d + 3 * dStep), d4 = v128.load(d + 4 * dStep), d5 = v128.load(d + 5 * dStep);
  const four = f32x4.splat(4), five = f32x4.splat(5);
  v128.store(to, f32x4.add(f32x4.sub(f32x4.mul(four, d0), f32x4.mul(five, d2)), d4));
  const a = f32x4.sub(d4, f32x4.mul(four, d2)), b = f32x4.sub(d3, f32x4.mul(four, d1));
  v128.store(to + step, f32x4.add(a, b));
  v128.store(to + 2 * step, f32x4.sub(a, b));
  const e = f32x4.sub(d4, d2), o = f32x4.sub(d3, d1), twice = f32x4.add(o, o);
  v128.store(to + 3 * step, f32x4.add(e, twice));
  v128.store(to + 4 * step, f32x4.sub(e, twice));
  v128.store(to + 5 * step, f32x4.add(f32x4.sub(f32x4.mul(four, d1), f32x4.mul(five, d3)), d5));
}

/** A^T m A for the block's tiles, four channels at a time, with bias and limits, to the pixels that exist. */
function transformOutputs(
  m: usize, mStep: usize, kp: i32, bias: usize, y: usize, outH: i32, outW: i32, outC: i32,
  least: f32, most: f32, first: i32, count: i32, across: i32, down: i32, temp: usize,
): void {
  const pixel = <usize>outC << 2, line = <usize>outW * pixel;
  const low = f32x4.splat(least), high = f32x4.splat(most);
  for (let t: i32 = 0; t < count; t++) {
    const tile = first + t;
    const row = tile / across, frame = row / down;
    const top = row % down << 2, left = tile % across << 2;
    const height = min(4, outH - top), width = min(4, outW - left);
    const corner = y + (<usize>(frame * outH + top) * line + left * pixel);
    const tileM = m + (<usize>t * kp << 2);
    for (let k: i32 = 0; k < outC; k += 4) {
      const from = tileM + (<usize>k << 2);
      const channels = min(4, outC - k);
      for (let j: usize = 0; j < 6; j++) outputPoints(from + j * mStep, 6 * mStep, temp + (j << 4), 96);
      const add = biasOf(bias, k, channels, temp + 480);
      for (let i: i32 = 0; i < height; i++) {
        const results = temp + 384;
        outputPoints(temp + i * 96, 16, results, 16);
        let to = corner + i * line + (<usize>k << 2);
        for (let j: i32 = 0; j < width; j++, to += pixel) {
          const sum = f32x4.add(v128.load(results + (j << 4)), add);
          const value = f32x4.pmin(f32x4.pmax(sum, low), high);
          if (channels == 4) v128.store(to, value);
          else storeSome(to, value, channels, temp + 480);
        }
      }
    }
  }
}

/** Four biases from `k` on; zero for those beyond the last, and where there are none. */
function biasOf(bias: usize, k: i32, channels: i32, temp: usize): v128 {
  if (bias == 0) return f32x4.splat(0);
  if (channels == 4) return v128.load(bias + (<usize>k << 2));
  v128.store(temp, f32x4.splat(0));
  memory.copy(temp, bias + (<usize>k << 2), <usize>channels << 2);
  return v128.load(temp);
}

/** Stores the first `channels` numbers of a vector. */
function storeSome(to: usize, value: v128, channels: i32, temp: usize): void {
  v128.store(temp, value);
  memory.copy(to, temp, <usize>channels << 2);
}

// @ts-ignore: decorator
@inline
function outputPoints(m: usize, mStep: usize, to: usize, step: usize): void {
  const m0 = v128.load(m), m1 = v128.load(m + mStep), m2 = v128.load(m + 2 * mStep);
  const m3 = v128.load(m + 3 * mStep), m4 = v128.load(m + 4 * mStep), m5 = v128.load(m + 5 * mStep);
  const s1 = f32x4.add(m1, m2), d1 = f32x4.sub(m1, m2);
  const s2 = f32x4.add(m3, m4), d2 = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(m0, s1), s2));
  v128.store(to + step, f32x4.add(d1, f32x4.add(d2, d2)));
  v128.store(to + 2 * step, f32x4.add(s1, f32x4.mul(f32x4.splat(4), s2)));
  v128.store(to + 3 * step, f32x4.add(f32x4.add(d1, f32x4.mul(f32x4.splat(8), d2)), m5));
}
