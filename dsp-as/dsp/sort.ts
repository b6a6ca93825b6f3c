/**
 * Sorts four columns of f32 at once: Batcher's merge exchange, whose comparisons do not depend on the
 * values, so that all lanes make the same ones (D. Knuth, The Art of Computer Programming 3, section
 * 5.2.2, algorithm M).
 */

/** Sorts the `n` vectors at `x` upwards, each lane on its own. */
export function sort4(x: usize, n: i32): void {
  let top = 1;
  while (top < n) top <<= 1;
  for (let p = top >> 1; p > 0; p >>= 1) {
    // First pairs at distance p, then those that merging leaves at the distances q - p.
    let q = top >> 1, r = 0, distance = p;
    while (true) {
      for (let i = 0; i < n - distance; i++) {
        if ((i & p) == r) exchange(x + <usize>i * 16, x + <usize>(i + distance) * 16);
      }
      if (q == p) break;
      distance = q - p;
      q >>= 1;
      r = p;
    }
  }
}

@inline
function exchange(a: usize, b: usize): void {
  const u = v128.load(a), v = v128.load(b);
  v128.store(a, f32x4.min(u, v));
  v128.store(b, f32x4.max(u, v));
}
