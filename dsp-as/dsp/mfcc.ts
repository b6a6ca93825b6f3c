/**
 * Mel-frequency cepstral coefficients (S. Davis and P. Mermelstein, IEEE Trans. ASSP 28(4), 1980):
 * frames, power spectrum, mel filters, logarithm, discrete cosine transform.
 */
import { alloc } from "./arena";
import { createDct, dct4 } from "./dct";
import { createFft, FftPlan, power4, rfft4 } from "./fft";
import { loadFrames4, padSignal } from "./frame";
import { log4 } from "./log";
import { htkBank, MelBank, melEnergy4, slaneyBank } from "./mel";
import { centredHann, leadingHamming } from "./window";

/** Below this an f32 is subnormal, and `log4` does not apply. */
const SMALLEST_NORMAL: f32 = 1.17549435e-38;
/** What python_speech_features puts in the place of no energy: the f64 epsilon. */
const NO_ENERGY: f32 = 2.220446049250313e-16;
/** The least power that librosa's power_to_db tells apart from silence. */
const LEAST_POWER: f32 = 1e-10;
/** Decibels a neper of power: 10 / ln 10. */
const DECIBELS: f32 = 4.342944819032518;

/** Settings and tables of one kind of MFCC. */
@unmanaged
export class MfccPlan {
  fft: FftPlan;
  bank: MelBank;
  window: usize;
  dct: usize;
  nMfcc: i32;
  hopLength: i32;
  /** Samples a frame counts: frames are laid until they cover the signal. Textbook only. */
  winLength: i32;
  preEmphasis: f32;
  /** How far below the loudest value the others may lie, in dB; infinite for no limit. librosa only. */
  topDb: f32;
  /** True for librosa's definition, false for the textbook's. */
  librosa: bool;
}

function createPlan(nFft: i32, winLength: i32, hopLength: i32, nMels: i32, nMfcc: i32): MfccPlan {
  const plan = changetype<MfccPlan>(alloc(offsetof<MfccPlan>()));
  plan.fft = createFft(nFft);
  plan.dct = createDct(nMels, nMfcc);
  plan.nMfcc = nMfcc;
  plan.hopLength = hopLength;
  plan.winLength = winLength;
  plan.preEmphasis = 0;
  plan.topDb = Infinity;
  return plan;
}

/** librosa.feature.mfcc: centred frames, periodic Hann, Slaney's mel filters, decibels. */
export function createLibrosaMfcc(
  rate: f64, nFft: i32, winLength: i32, hopLength: i32,
  nMels: i32, fMin: f64, fMax: f64, nMfcc: i32, topDb: f32,
): MfccPlan {
  const plan = createPlan(nFft, winLength, hopLength, nMels, nMfcc);
  plan.window = centredHann(winLength, nFft);
  plan.bank = slaneyBank(rate, nFft, nMels, fMin, fMax);
  plan.topDb = topDb;
  plan.librosa = true;
  return plan;
}

/** python_speech_features.mfcc: pre-emphasis, Hamming, HTK's mel filters, natural logarithm. */
export function createTextbookMfcc(
  rate: f64, nFft: i32, winLength: i32, hopLength: i32,
  nMels: i32, fMin: f64, fMax: f64, nMfcc: i32, preEmphasis: f32,
): MfccPlan {
  const plan = createPlan(nFft, winLength, hopLength, nMels, nMfcc);
  plan.window = leadingHamming(winLength, nFft);
  plan.bank = htkBank(rate, nFft, nMels, fMin, fMax);
  plan.preEmphasis = preEmphasis;
  plan.librosa = false;
  return plan;
}

/**
 * Number of frames of `n` samples. librosa centres a frame on every hop-th sample from the first on;
 * the textbook lays frames from the first sample on until the last is covered.
 */
export function mfccFrames(plan: MfccPlan, n: i32): i32 {
  if (plan.librosa) return 1 + n / plan.hopLength;
  const rest = n - plan.winLength;
  return rest <= 0 ? 1 : 1 + (rest + plan.hopLength - 1) / plan.hopLength;
}

/** MFCCs of the `n` samples at `samples`; returns where they lie: nMfcc rows of one f32 a frame. */
export function runMfcc(plan: MfccPlan, samples: usize, n: i32): usize {
  const nFft = plan.fft.n;
  const frames = mfccFrames(plan, n);
  const left = plan.librosa ? nFft >> 1 : 0;
  const total = max(left + n, (frames - 1) * plan.hopLength + nFft);
  return transformFrames(plan, padSignal(samples, n, left, total, plan.preEmphasis), frames);
}

/**
 * MFCCs of `frames` frames from the middle of a longer signal, for streams. The first begins at the
 * second of the `n` samples at `samples`: the first is only what pre-emphasis takes off. Zeros follow
 * the last. The result lies as that of `runMfcc` does, and has the same bits.
 */
export function runMfccPart(plan: MfccPlan, samples: usize, n: i32, frames: i32): usize {
  const total = max(n, 1 + (frames - 1) * plan.hopLength + plan.fft.n);
  return transformFrames(plan, padSignal(samples, n, 0, total, plan.preEmphasis) + 4, frames);
}

/** MFCCs of frames laid from the first sample of `signal` on: nMfcc rows of one f32 a frame. */
function transformFrames(plan: MfccPlan, signal: usize, frames: i32): usize {
  // Rows of whole vectors. The frames beyond the last one repeat it: they change no maximum.
  const stride = <usize>((frames + 3) & ~3) * 4;
  const out = alloc(<usize>plan.nMfcc * <usize>frames * 4);
  const logMel = alloc(<usize>plan.bank.count * stride);
  const loudest = logMelEnergies(plan, signal, frames, logMel, stride);
  if (plan.librosa) raiseTo(loudest - plan.topDb, logMel, <usize>plan.bank.count * stride);
  cosineTransform(plan, logMel, stride, frames, out);
  return out;
}

/** Fills `logMel` (a row a filter, a column a frame) and returns its greatest value. */
function logMelEnergies(
  plan: MfccPlan, signal: usize, frames: i32, logMel: usize, stride: usize,
): f32 {
  const nFft = plan.fft.n;
  const x = alloc(<usize>nFft * 16);
  const spectrum = alloc(<usize>((nFft >> 1) + 1) * 32);
  const hop = <usize>plan.hopLength * 4;
  const last = signal + <usize>(frames - 1) * hop;
  let greatest = f32x4.splat(-Infinity);
  for (let t = 0; t < frames; t += 4) {
    const a = signal + <usize>t * hop;
    loadFrames4(
      a, min(a + hop, last), min(a + 2 * hop, last), min(a + 3 * hop, last),
      plan.window, nFft, x,
    );
    rfft4(plan.fft, x, spectrum);
    power4(plan.fft, spectrum);
    let to = logMel + <usize>t * 4;
    for (let m = 0; m < plan.bank.count; m++, to += stride) {
      const energy = melEnergy4(plan.bank, m, spectrum);
      const level = plan.librosa ? decibels4(energy) : logEnergy4(energy);
      greatest = f32x4.max(greatest, level);
      v128.store(to, level);
    }
  }
  return max(
    max(f32x4.extract_lane(greatest, 0), f32x4.extract_lane(greatest, 1)),
    max(f32x4.extract_lane(greatest, 2), f32x4.extract_lane(greatest, 3)),
  );
}

/** librosa.power_to_db(ref=1, amin=1e-10), before its limit of range. */
@inline
function decibels4(power: v128): v128 {
  const audible = f32x4.max(power, f32x4.splat(LEAST_POWER));
  return f32x4.mul(log4(audible), f32x4.splat(DECIBELS));
}

/** ln(energy), where no energy counts as the f64 epsilon. */
@inline
function logEnergy4(energy: v128): v128 {
  const some = f32x4.ge(energy, f32x4.splat(SMALLEST_NORMAL));
  return log4(v128.bitselect(energy, f32x4.splat(NO_ENERGY), some));
}

/** Raises every value below `floor` to it. */
function raiseTo(floor: f32, values: usize, bytes: usize): void {
  const least = f32x4.splat(floor);
  for (let at = values; at < values + bytes; at += 16) {
    v128.store(at, f32x4.max(v128.load(at), least));
  }
}

/** The cosine transform of every column of `logMel`; `out` has rows of exactly one f32 a frame. */
function cosineTransform(
  plan: MfccPlan, logMel: usize, stride: usize, frames: i32, out: usize,
): void {
  const nMels = plan.bank.count;
  for (let t = 0; t < frames; t += 4) {
    const column = logMel + <usize>t * 4;
    let row = plan.dct;
    let to = out + <usize>t * 4;
    for (let k = 0; k < plan.nMfcc; k++) {
      storeLanes(to, dct4(row, nMels, column, stride), frames - t);
      row += <usize>nMels * 4;
      to += <usize>frames * 4;
    }
  }
}

/** Stores the first `count` lanes of `value`, all of them if `count` is 4 or more. */
@inline
function storeLanes(to: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(to, value);
    return;
  }
  store<f32>(to, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(to, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(to, f32x4.extract_lane(value, 2), 8);
}
