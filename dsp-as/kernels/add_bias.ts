import { loadSome, storeSome } from "./some";

/** c [rows, cols] += bias [cols] on every row, then held between `least` and `most`; address 0 stands for no bias. */
export function addBias(rows: i32, cols: i32, c: usize, bias: usize, least: f32, most: f32): void {
  const line = <usize>cols << 2;
  const low = f32x4.splat(least), high = f32x4.splat(most);
  for (let r: i32 = 0; r < rows; r++, c += line) {
    for (let i: i32 = 0; i < cols; i += 4) {
      const at = <usize>i << 2, count = cols - i;
      let x = loadSome(c + at, count, 0);
      if (bias != 0) x = f32x4.add(x, loadSome(bias + at, count, 0));
      storeSome(c + at, f32x4.pmin(f32x4.pmax(x, low), high), count);
    }
  }
}
