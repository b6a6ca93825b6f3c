/**
 * The core's memory: a stack. Tables that outlive a call are allocated first; a call marks the top,
 * allocates its scratch above it and gives all of it back at once. Nothing is freed one by one, so
 * that memory cannot fragment and does not grow when a call is repeated.
 */

/** Every block starts on a multiple of the SIMD width. */
const ALIGN: usize = 16;

let top: usize = (__heap_base + ALIGN - 1) & ~(ALIGN - 1);

/** Reserves `bytes`, not cleared. Traps when the engine refuses more memory. */
export function alloc(bytes: usize): usize {
  const start = top;
  const end = (start + bytes + ALIGN - 1) & ~(ALIGN - 1);
  if (end < start) unreachable(); // beyond 32 bits
  const pages = <i32>((end - 1) >> 16) + 1 - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  top = end;
  return start;
}

/** The present top of the stack, for `release`. */
export function mark(): usize {
  return top;
}

/** Gives back everything allocated since `mark` returned `to`. */
export function release(to: usize): void {
  top = to;
}
