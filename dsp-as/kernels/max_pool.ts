// 2-D max pooling (NHWC, any window, stride and padding) and its gradient. With `relu`, of max(x, 0): the
// maximum of a window is taken first, so that one pass does both.

/** y [batch, outH, outW, channels]: the maxima of the windows of x. */
export function maxPool(
  x: usize, y: usize, batch: i32, inH: i32, inW: i32, channels: i32, outH: i32, outW: i32,
  windowH: i32, windowW: i32, strideY: i32, strideX: i32, padTop: i32, padLeft: i32, relu: bool,
): void {
  const pixel = <usize>channels << 2;
  const least: f32 = relu ? 0 : -Infinity;
  for (let n: i32 = 0; n < batch; n++) {
    const image = x + <usize>(n * inH * inW) * pixel;
    for (let oy: i32 = 0; oy < outH; oy++) {
      const top = oy * strideY - padTop;
      const y0 = max(0, top), y1 = min(inH, top + windowH);
      for (let ox: i32 = 0; ox < outW; ox++, y += pixel) {
        const left = ox * strideX - padLeft;
        const x0 = max(0, left), x1 = min(inW, left + windowW);
        let c: i32 = 0;
        for (; c <= channels - 4; c += 4) {
          const offset = <usize>c << 2;
          let most = f32x4.splat(least);
          for (let iy = y0; iy < y1; iy++) {
            let at = image + <usize>(iy * inW + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++, at += pixel) most = f32x4.max(most, v128.load(at));
          }
          v128.store(y + offset, most);
        }
        for (; c < channels; c++) {
          const offset = <usize>c << 2;
          let most = least;
          for (let iy = y0; iy < y1; iy++) {
            let at = image + <usize>(iy * inW + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++, at += pixel) most = max<f32>(most, load<f32>(at));
          }
          store<f32>(y + offset, most);
        }
      }
    }
  }
}

/**
 * dx: each dy goes to the first maximum of its window, in row-major order, as in TensorFlow; with `relu`
 * only where the maximum is above zero. `y` is the pooling's result.
 */
export function maxPoolGradient(
  x: usize, y: usize, dy: usize, dx: usize,
  batch: i32, inH: i32, inW: i32, channels: i32, outH: i32, outW: i32,
  windowH: i32, windowW: i32, strideY: i32, strideX: i32, padTop: i32, padLeft: i32, relu: bool,
): void {
  // Windows that do not overlap are written at once; those that cover all leave nothing to be cleared.
  const apart = strideY >= windowH && strideX >= windowW;
  const covered = windowH == strideY && windowW == strideX && outH * windowH == inH && outW * windowW == inW;
  if (!(covered && padTop == 0 && padLeft == 0)) {
    memory.fill(dx, 0, <usize>(batch * inH * inW) * channels << 2);
  }
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
          if (relu) rest = v128.and(rest, f32x4.gt(maximum, f32x4.splat(0)));
          for (let iy = y0; iy < y1; iy++) {
            let at = image + <usize>(iy * inW + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++, at += pixel) {
              const found = f32x4.eq(v128.load(x + at), maximum);
              const given = v128.and(rest, found);
              v128.store(dx + at, apart ? given : f32x4.add(v128.load(dx + at), given));
              rest = v128.andnot(rest, found);
            }
          }
        }
        for (; c < channels; c++) {
          const offset = <usize>c << 2;
          const maximum = load<f32>(y + offset);
          let rest = relu && !(maximum > 0) ? <f32>0 : load<f32>(dy + offset);
          for (let iy = y0; iy < y1; iy++) {
            let at = image + <usize>(iy * inW + x0) * pixel + offset;
            for (let ix = x0; ix < x1; ix++, at += pixel) {
              const given = load<f32>(x + at) == maximum ? rest : <f32>0;
              store<f32>(dx + at, apart ? given : load<f32>(dx + at) + given);
              if (load<f32>(x + at) == maximum) rest = 0;
            }
          }
        }
      }
    }
  }
}
