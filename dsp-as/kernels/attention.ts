// Scaled dot-product attention (A. Vaswani et al., "Attention is all you need", NeurIPS 2017), one head at a time and
// a block of its queries at a time, so that the weights of a block stay in the cache and those of all heads exist nowhere.

import { sgemm, sgemmScratchBytes } from "./sgemm";
import { softmax, softmaxGradient } from "./softmax";

/** Queries whose weights exist at a time. */
const QUERIES: i32 = 96;

/** Bytes of scratch memory that attention() needs, and attentionGradient() with `gradient`. */
export function attentionScratchBytes(keys: i32, gradient: bool): i32 {
  return sgemmScratchBytes() + ((gradient ? 2 : 1) * QUERIES * keys << 2);
}

/**
 * y = softmax(scale q k^T) v for every head: q and y are [batch, queries, heads size], k and v
 * [batch, keys, heads size]; the numbers of a head lie side by side.
 */
export function attention(
  batch: i32, heads: i32, queries: i32, keys: i32, size: i32,
  q: usize, k: usize, v: usize, y: usize, scale: f32, scratch: usize,
): void {
  const width = heads * size, line = <usize>width << 2;
  const weights = scratch + sgemmScratchBytes();
  for (let n: i32 = 0; n < batch; n++, k += keys * line, v += keys * line) {
    for (let first: i32 = 0; first < queries; first += QUERIES) {
      const count = min(QUERIES, queries - first);
      for (let h: i32 = 0; h < heads; h++) {
        const at = <usize>(h * size) << 2;
        sgemm(count, keys, size, q + at, width, 1, k + at, 1, width, weights, keys, false, scratch);
        softmax(count, keys, weights, weights, scale);
        sgemm(count, size, keys, weights, keys, 1, v + at, width, 1, y + at, width, false, scratch);
      }
      q += count * line;
      y += count * line;
    }
  }
}

/** The gradients of q, k and v from dy; the weights are computed anew. */
export function attentionGradient(
  batch: i32, heads: i32, queries: i32, keys: i32, size: i32,
  q: usize, k: usize, v: usize, dy: usize, dq: usize, dk: usize, dv: usize, scale: f32, scratch: usize,
): void {
  const width = heads * size, line = <usize>width << 2;
  const weights = scratch + sgemmScratchBytes();
  const slopes = weights + (<usize>(QUERIES * keys) << 2);
  memory.fill(dk, 0, <usize>(batch * keys) * line);
  memory.fill(dv, 0, <usize>(batch * keys) * line);
  for (let n: i32 = 0; n < batch; n++) {
    for (let first: i32 = 0; first < queries; first += QUERIES) {
      const count = min(QUERIES, queries - first);
      for (let h: i32 = 0; h < heads; h++) {
        const at = <usize>(h * size) << 2;
        sgemm(count, keys, size, q + at, width, 1, k + at, 1, width, weights, keys, false, scratch);
        softmax(count, keys, weights, weights, scale);
        sgemm(keys, size, count, weights, 1, keys, dy + at, width, 1, dv + at, width, true, scratch);
        sgemm(count, keys, size, dy + at, width, 1, v + at, 1, width, slopes, keys, false, scratch);
        softmaxGradient(count, keys, weights, slopes, slopes, scale);
        sgemm(count, size, keys, slopes, keys, 1, k + at, width, 1, dq + at, width, false, scratch);
        sgemm(keys, size, count, slopes, 1, keys, q + at, width, 1, dk + at, width, true, scratch);
      }
      q += count * line;
      dy += count * line;
      dq += count * line;
    }
    k += keys * line;
    v += keys * line;
    dk += keys * line;
    dv += keys * line;
  }
}
