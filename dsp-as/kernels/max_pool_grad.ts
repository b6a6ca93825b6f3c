/**
 * The gradient of 2-D max pooling (NHWC, any window, stride and padding): each dy goes to the first
 * maximum of its window, in row-major order, as in TensorFlow. `y` is the pooling's result.
 */
export function maxPoolGradient(
  x: usize, y: usize, dy: usize, dx: usize,
  batch: i32, inH: i32, inW: i32, channels: i32, outH: i32, outW: i32,
  windowH: i32, windowW: i32, strideY: i32, strideX: i32, padTop: i32, padLeft: i32,
): void {
  memory.fill(dx, 0, <usize>(batch * inH * inW) * channels << 2);
  const pixel = <usize>channels << 2;
  for (let n: i32 = 0; n < batch; n++) {
    const image = <usize>(n * inH * inW) * pixel;
    for (let oy: i32 = 0; oy < outH; oy++) {
      const top = oy * strideY - padTop;
      const y0 = max(0, top), y1 = min(inH, top + windowH);
      for (let ox: i32 = 0; ox < outW; ox++, y += pixel, dy += pixel) {
        const left = ox * strideX - padLeft;
        const x0 = max(0, left), x1 = min(inW, left + windowW);
        let c: i32 = 0;
        for (; c <= channels - 4; c += 4) {
          const offset = <usize>c << 2;
          const maximum = v128.load(y + offset);
          // The gradient that is still to be given away: zero once a maximum has received it.
          let rest = v128.load(dy + offset);
          for (let iy = y0; iy < y1; iy++) {
            let at = image + <usize>(iy * inW + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++, at += pixel) {
              const found = f32x4.eq(v128.load(x + at), maximum);
              v128.store(dx + at, f32x4.add(v128.load(dx + at), v128.and(rest, found)));
              rest = v128.andnot(rest, found);
            }
          }
        }
        for (; c < channels; c++) {
          const offset = <usize>c << 2;
          const maximum = load<f32>(y + offset);
          let rest = load<f32>(dy + offset);
          for (let iy = y0; iy < y1; iy++) {
            let at = image + <usize>(iy * inW + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++, at += pixel) {
              if (load<f32>(x + at) != maximum) continue;
              store<f32>(dx + at, load<f32>(dx + at) + rest);
              rest = 0;
            }
          }
        }
      }
    }
  }
}
