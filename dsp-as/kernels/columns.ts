/** Rows that are added up before the sum joins those of other rows: a long sum in one go would lose digits. */
export const BLOCK: i32 = 128;

/** to [cols] = the sums of the columns of x [rows, cols]; `scratch` is room for as many. */
export function columnSums(rows: i32, cols: i32, x: usize, to: usize, scratch: usize): void {
  const line = <usize>cols << 2;
  memory.fill(to, 0, line);
  for (let first: i32 = 0; first < rows; first += BLOCK) {
    const sums = first == 0 ? to : scratch;
    if (first > 0) memory.fill(sums, 0, line);
    for (let r = min(BLOCK, rows - first); r > 0; r--, x += line) addTo(sums, x, cols);
    if (first > 0) addTo(to, sums, cols);
  }
}

/** to [n] += x [n]. */
export function addTo(to: usize, x: usize, n: i32): void {
  let i: i32 = 0;
  for (; i <= n - 4; i += 4, to += 16, x += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(x)));
  for (; i < n; i++, to += 4, x += 4) store<f32>(to, load<f32>(to) + load<f32>(x));
}
