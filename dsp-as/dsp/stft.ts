/**
 * Short-time Fourier transform, as `librosa.stft`: X[k, f] = sum over t of
 * w[t] x[f hop + t - nFft/2] exp(-2 pi i k t / nFft), without the shift by nFft/2 where frames are not
 * centred.
 */
import { alloc } from "./arena";
import { extendTo } from "./extend";
import { createFft, createFft64, FftPlan, power4, rfft2, rfft4 } from "./fft";
import { loadFrames2, loadFrames4, storeLanes } from "./frame";
import { centredWindow } from "./window";

/** No padding: frame f begins at sample f hop. Any other `pad` is a mode of `extend`. */
const NOT_CENTRED: i32 = -1;

/** How a signal is cut into frames, and how a frame is transformed. */
@unmanaged
export class StftPlan {
  fft: FftPlan;
  /** Whether frames are transformed by `rfft2`, in double precision, or by `rfft4`. */
  double: bool;
  /** A frame of window values: f64 or f32. */
  window: usize;
  hopLength: i32;
  /** What lies beyond the ends of the signal. */
  pad: i32;
}

/** For transforms in single precision. */
export function createStft(
  nFft: i32, winLength: i32, hopLength: i32, window: i32, pad: i32,
): StftPlan {
  return stftPlan(nFft, centredWindow<f32>(window, winLength, nFft), hopLength, pad);
}

/** For transforms in double precision. */
export function createStft64(
  nFft: i32, winLength: i32, hopLength: i32, window: i32, pad: i32,
): StftPlan {
  const table = centredWindow<f64>(window, winLength, nFft);
  return createPlan(createFft64(nFft), true, table, hopLength, pad);
}

/** For transforms in single precision, by the window at `window`. */
export function stftPlan(nFft: i32, window: usize, hopLength: i32, pad: i32): StftPlan {
  return createPlan(createFft(nFft), false, window, hopLength, pad);
}

function createPlan(
  fft: FftPlan, double: bool, window: usize, hopLength: i32, pad: i32,
): StftPlan {
  const plan = changetype<StftPlan>(alloc(offsetof<StftPlan>()));
  plan.fft = fft;
  plan.double = double;
  plan.window = window;
  plan.hopLength = hopLength;
  plan.pad = pad;
  return plan;
}

/** Number of frames of `n` samples, at least nFft of them where frames are not centred. */
export function stftFrames(plan: StftPlan, n: i32): i32 {
  return 1 + (plan.pad == NOT_CENTRED ? n - plan.fft.n : n) / plan.hopLength;
}

/** The `n` samples at `x` and what lies beyond them: frame f begins at the f hop-th sample. */
export function extendForFrames(plan: StftPlan, x: usize, n: i32): usize {
  if (plan.pad == NOT_CENTRED) return x;
  const nFft = plan.fft.n, hop = plan.hopLength, left = nFft >> 1;
  const total = max(left + n, (stftFrames(plan, n) - 1) * hop + nFft);
  const signal = alloc(<usize>total * 4);
  extendTo(signal, x, n, left, 0, plan.pad);
  const right = total - left - n;
  if (right == 0) return signal;
  // librosa pads the frames at the end apart from the others: a reflection turns round again at the
  // first sample of the first of them. It is noticed only where the hop is half a frame or more.
  const firstAtStart = (left + hop - 1) / hop;
  const rest = n - left;
  const firstAtEnd = (rest >= 0 ? rest / hop : -1) + 1;
  const from = firstAtEnd <= firstAtStart ? 0 : firstAtEnd * hop - left;
  extendTo(signal + <usize>(left + from) * 4, x + <usize>from * 4, n - from, 0, right, plan.pad);
  return signal;
}

/**
 * Spectrum of the `n` samples at `x` by a plan in double precision: real parts, then imaginary parts,
 * each a row a bin of one f32 a frame.
 */
export function runStft(plan: StftPlan, x: usize, n: i32): usize {
  const nFft = plan.fft.n;
  const bins = (nFft >> 1) + 1;
  const frames = stftFrames(plan, n);
  const row = <usize>frames * 4;
  const re = alloc(2 * <usize>bins * row);
  const im = re + <usize>bins * row;
  const signal = extendForFrames(plan, x, n);
  const input = alloc(<usize>nFft * 16);
  const spectrum = alloc(<usize>bins * 32);
  for (let t = 0; t < frames; t += 2) {
    transform2(plan, signal, t, frames, input, spectrum);
    let from = spectrum;
    let to = <usize>t * 4;
    for (let k = 0; k < bins; k++, from += 32, to += row) {
      storeLanes(re + to, f32x4.demote_f64x2_zero(v128.load(from)), min(frames - t, 2));
      storeLanes(im + to, f32x4.demote_f64x2_zero(v128.load(from, 16)), min(frames - t, 2));
    }
  }
  return re;
}

/**
 * Transforms frames `t` and `t + 1` of a signal that is extended already, by a plan in double precision;
 * beyond the last of the `frames`, that one again. `input` is scratch.
 */
function transform2(
  plan: StftPlan, signal: usize, t: i32, frames: i32, input: usize, spectrum: usize,
): void {
  const hop = <usize>plan.hopLength * 4;
  const a = signal + <usize>min(t, frames - 1) * hop;
  const b = signal + <usize>min(t + 1, frames - 1) * hop;
  loadFrames2(a, b, plan.window, plan.fft.n, input);
  rfft2(plan.fft, input, spectrum);
}

/** Memory in which frames are transformed. */
@unmanaged
export class StftScratch {
  /** The windowed frames. */
  input: usize;
  /** Their spectrum. */
  spectrum: usize;
  /** Power or magnitude of four frames: 16 bytes a bin, one lane of f32 a frame. */
  powers: usize;
}

/** For frames by `plan`. */
export function stftScratch(plan: StftPlan): StftScratch {
  const bins = <usize>(plan.fft.n >> 1) + 1;
  const scratch = changetype<StftScratch>(alloc(offsetof<StftScratch>()));
  scratch.input = alloc(<usize>plan.fft.n * 16);
  scratch.spectrum = alloc(bins * 32);
  // In single precision the spectrum of four frames is replaced.
  scratch.powers = plan.double ? alloc(bins * 16) : scratch.spectrum;
  return scratch;
}

/**
 * Fills `scratch.powers` with the power (`power` 2) or the magnitude (1) of four frames from `t` on of a
 * signal that is extended already; beyond the last of the `frames`, that one again.
 */
export function powers4(
  plan: StftPlan, power: i32, signal: usize, t: i32, frames: i32, scratch: StftScratch,
): void {
  if (plan.double) {
    // Two frames to the lower halves of the vectors, then two to the upper.
    transform2(plan, signal, t, frames, scratch.input, scratch.spectrum);
    powers2(plan, power, scratch.spectrum, scratch.powers);
    transform2(plan, signal, t + 2, frames, scratch.input, scratch.spectrum);
    powers2(plan, power, scratch.spectrum, scratch.powers + 8);
    return;
  }
  const hop = <usize>plan.hopLength * 4;
  const last = signal + <usize>(frames - 1) * hop;
  const a = signal + <usize>t * hop;
  loadFrames4(
    a, min(a + hop, last), min(a + 2 * hop, last), min(a + 3 * hop, last),
    plan.window, plan.fft.n, scratch.input,
  );
  rfft4(plan.fft, scratch.input, scratch.spectrum);
  power4(plan.fft, scratch.spectrum);
  if (power == 1) squareRoots(scratch.powers, scratch.powers + <usize>((plan.fft.n >> 1) + 1) * 16);
}

/** Of two frames in double precision: two lanes of f32 a bin, each rounded once. */
function powers2(plan: StftPlan, power: i32, spectrum: usize, to: usize): void {
  const end = spectrum + <usize>((plan.fft.n >> 1) + 1) * 32;
  for (let at = spectrum; at < end; at += 32, to += 16) {
    const re = v128.load(at), im = v128.load(at, 16);
    let value = f64x2.add(f64x2.mul(re, re), f64x2.mul(im, im));
    if (power == 1) value = f64x2.sqrt(value);
    v128.store64_lane(to, f32x4.demote_f64x2_zero(value), 0);
  }
}

function squareRoots(at: usize, end: usize): void {
  for (; at < end; at += 16) v128.store(at, f32x4.sqrt(v128.load(at)));
}
