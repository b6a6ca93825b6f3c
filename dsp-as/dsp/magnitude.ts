/**
 * Magnitudes of a spectrum, four frames at a time: what the features of spectral shape are computed
 * from. The transform is in double precision and the magnitude is rounded once, so that it is as exact
 * far below the loudest bin as near it: flatness and contrast rest on the quietest.
 */
import { alloc } from "./arena";
import { storeLanes } from "./frame";
import {
  extendForFrames, powers4, stftFrames, StftPlan, StftScratch, stftScratch,
} from "./stft";

/** Where magnitudes come from, and the four frames at hand. */
@unmanaged
export class Magnitudes {
  bins: i32;
  frames: i32;
  /** The extended signal, or the magnitudes: a row a bin of one f32 a frame. */
  source: usize;
  /** How to transform the signal, a StftPlan; 0 where the magnitudes are there already. */
  plan: usize;
  /** Memory for that, a StftScratch. */
  scratch: usize;
  /** The four frames: 16 bytes a bin, one lane a frame. */
  columns: usize;
}

/** Of the `n` samples at `x`, by a plan in double precision. */
export function magnitudesOfSignal(plan: StftPlan, x: usize, n: i32): Magnitudes {
  const from = changetype<Magnitudes>(alloc(offsetof<Magnitudes>()));
  from.bins = (plan.fft.n >> 1) + 1;
  from.frames = stftFrames(plan, n);
  from.source = extendForFrames(plan, x, n);
  const scratch = stftScratch(plan);
  from.plan = changetype<usize>(plan);
  from.scratch = changetype<usize>(scratch);
  from.columns = scratch.powers;
  return from;
}

/** Of a spectrogram at `x`: a row a bin of one f32 a frame. */
export function magnitudesOfRows(x: usize, bins: i32, frames: i32): Magnitudes {
  const from = changetype<Magnitudes>(alloc(offsetof<Magnitudes>()));
  from.bins = bins;
  from.frames = frames;
  from.source = x;
  from.plan = 0;
  from.columns = alloc(<usize>bins * 16);
  return from;
}

/** Loads the frames from `t` on into `columns`. Lanes beyond the last frame hold what does not matter. */
export function loadMagnitudes4(from: Magnitudes, t: i32): void {
  if (from.plan != 0) {
    const plan = changetype<StftPlan>(from.plan);
    powers4(plan, 1, from.source, t, from.frames, changetype<StftScratch>(from.scratch));
    return;
  }
  const row = <usize>from.frames * 4;
  let at = from.source + <usize>t * 4;
  const end = from.columns + <usize>from.bins * 16;
  for (let to = from.columns; to < end; to += 16, at += row) v128.store(to, v128.load(at));
}

/** The magnitudes as a spectrogram, squared where `power` is 2: a row a bin of one f32 a frame. */
export function runSpectrogram(from: Magnitudes, power: i32): usize {
  const row = <usize>from.frames * 4;
  const out = alloc(<usize>from.bins * row);
  for (let t = 0; t < from.frames; t += 4) {
    loadMagnitudes4(from, t);
    let to = out + <usize>t * 4;
    const end = from.columns + <usize>from.bins * 16;
    for (let at = from.columns; at < end; at += 16, to += row) {
      const value = v128.load(at);
      storeLanes(to, power == 2 ? f32x4.mul(value, value) : value, from.frames - t);
    }
  }
  return out;
}

/** Lanes 0 and 1 of f32 as f64. */
@inline
export function low(value: v128): v128 {
  return f64x2.promote_low_f32x4(value);
}

/** Lanes 2 and 3 of f32 as f64. */
@inline
export function high(value: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
}

/** Four f32 from two vectors of two f64. */
@inline
export function join(lower: v128, upper: v128): v128 {
  const a = f32x4.demote_f64x2_zero(lower), b = f32x4.demote_f64x2_zero(upper);
  return v128.shuffle<f32>(a, b, 0, 1, 4, 5);
}
