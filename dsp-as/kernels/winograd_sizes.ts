// Sizes that the parts of Winograd's convolution share.

/** Bytes by which the points of a block are moved against each other, lest they compete for the same cache lines. */
const SKEW: usize = 64;

/** The next multiple of `to`, a power of two. */
// @ts-ignore: decorator
@inline
export function up(n: i32, to: i32): i32 {
  return (n + to - 1) & -to;
}

/** Bytes from a matrix of one point to that of the next. */
// @ts-ignore: decorator
@inline
export function pointBytes(rows: i32, columns: i32): usize {
  return (<usize>rows * columns << 2) + SKEW;
}

/** Points each way of a tile with this many outputs. */
// @ts-ignore: decorator
@inline
export function pointsOf(outputs: i32): i32 {
  return outputs + 2;
}
