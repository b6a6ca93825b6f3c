/**
 * Mel-frequency cepstral coefficients (S. Davis and P. Mermelstein, IEEE Trans. ASSP 28(4), 1980):
 * frames, power spectrum, mel filters, logarithm, discrete cosine transform.
 */
import { alloc } from "./arena";
import { createDct, dctColumns } from "./dct";
import { decibels4, maxLane, raiseTo } from "./decibel";
import { padSignal } from "./frame";
import { log4 } from "./log";
import { htkBank, MelBank, melEnergy4 } from "./mel";
import { extendForFrames, powers4, stftFrames, StftPlan, stftPlan, stftScratch } from "./stft";
import { leadingHamming } from "./window";

/** Below this an f32 is subnormal, and `log4` does not apply. */
const SMALLEST_NORMAL: f32 = 1.17549435e-38;
/** What python_speech_features puts in the place of no energy: the f64 epsilon. */
const NO_ENERGY: f32 = 2.220446049250313e-16;
/** The least power that librosa's power_to_db tells apart from silence. */
const LEAST_POWER: f32 = 1e-10;

/** Settings and tables of one kind of MFCC. */
@unmanaged
export class MfccPlan {
  stft: StftPlan;
  bank: MelBank;
  /** `nMfcc` rows of the cosine transform, with the weights of the lifter. */
  dct: usize;
  nMfcc: i32;
  /** What the filters sum up: 2 for the power of the spectrum, 1 for its magnitude. */
  power: i32;
  /** Samples a frame counts: frames are laid until they cover the signal. Textbook only. */
  winLength: i32;
  preEmphasis: f32;
  /** How far below the loudest value the others may lie, in dB; infinite for no limit. librosa only. */
  topDb: f32;
  /** True for librosa's definition, false for the textbook's. */
  librosa: bool;
}

function createPlan(stft: StftPlan, bank: MelBank, dct: usize, nMfcc: i32): MfccPlan {
  const plan = changetype<MfccPlan>(alloc(offsetof<MfccPlan>()));
  plan.stft = stft;
  plan.bank = bank;
  plan.dct = dct;
  plan.nMfcc = nMfcc;
  plan.power = 2;
  plan.winLength = stft.fft.n;
  plan.preEmphasis = 0;
  plan.topDb = Infinity;
  plan.librosa = false;
  return plan;
}

/** librosa.feature.mfcc: the plans of its parts, and decibels in between. */
export function createLibrosaMfcc(
  stft: StftPlan, bank: MelBank, dct: usize, nMfcc: i32, power: i32, topDb: f32,
): MfccPlan {
  const plan = createPlan(stft, bank, dct, nMfcc);
  plan.power = power;
  plan.topDb = topDb;
  plan.librosa = true;
  return plan;
}

/** python_speech_features.mfcc: pre-emphasis, Hamming, HTK's mel filters, natural logarithm. */
export function createTextbookMfcc(
  rate: f64, nFft: i32, winLength: i32, hopLength: i32,
  nMels: i32, fMin: f64, fMax: f64, nMfcc: i32, lifter: f64, preEmphasis: f32,
): MfccPlan {
  const window = leadingHamming(winLength, nFft);
  const plan = createPlan(
    stftPlan(nFft, window, hopLength, 0),
    htkBank(rate, nFft, nMels, fMin, fMax),
    createDct(nMels, nMfcc, true, lifter, 0),
    nMfcc,
  );
  plan.winLength = winLength;
  plan.preEmphasis = preEmphasis;
  return plan;
}

/**
 * Number of frames of `n` samples. The textbook lays frames from the first sample on until the last is
 * covered.
 */
export function mfccFrames(plan: MfccPlan, n: i32): i32 {
  if (plan.librosa) return stftFrames(plan.stft, n);
  const rest = n - plan.winLength, hop = plan.stft.hopLength;
  return rest <= 0 ? 1 : 1 + (rest + hop - 1) / hop;
}

/** MFCCs of the `n` samples at `samples`; returns where they lie: nMfcc rows of one f32 a frame. */
export function runMfcc(plan: MfccPlan, samples: usize, n: i32): usize {
  const frames = mfccFrames(plan, n);
  if (plan.librosa) return transformFrames(plan, extendForFrames(plan.stft, samples, n), frames);
  const total = max(n, (frames - 1) * plan.stft.hopLength + plan.stft.fft.n);
  return transformFrames(plan, padSignal(samples, n, 0, total, plan.preEmphasis), frames);
}

/**
 * MFCCs of `frames` frames from the middle of a longer signal, for streams. The first begins at the
 * second of the `n` samples at `samples`: the first is only what pre-emphasis takes off. Zeros follow
 * the last. The result lies as that of `runMfcc` does, and has the same bits.
 */
export function runMfccPart(plan: MfccPlan, samples: usize, n: i32, frames: i32): usize {
  const total = max(n, 1 + (frames - 1) * plan.stft.hopLength + plan.stft.fft.n);
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
  dctColumns(plan.dct, plan.bank.count, plan.nMfcc, logMel, stride, frames, out);
  return out;
}

/** Fills `logMel` (a row a filter, a column a frame) and returns its greatest value. */
function logMelEnergies(
  plan: MfccPlan, signal: usize, frames: i32, logMel: usize, stride: usize,
): f32 {
  const scratch = stftScratch(plan.stft);
  let greatest = f32x4.splat(-Infinity);
  for (let t = 0; t < frames; t += 4) {
    powers4(plan.stft, plan.power, signal, t, frames, scratch);
    let to = logMel + <usize>t * 4;
    for (let m = 0; m < plan.bank.count; m++, to += stride) {
      const energy = melEnergy4(plan.bank, m, scratch.powers);
      const level = plan.librosa ? decibels4(energy, LEAST_POWER) : logEnergy4(energy);
      greatest = f32x4.max(greatest, level);
      v128.store(to, level);
    }
  }
  return maxLane(greatest);
}

/** ln(energy), where no energy counts as the f64 epsilon. */
@inline
function logEnergy4(energy: v128): v128 {
  const some = f32x4.ge(energy, f32x4.splat(SMALLEST_NORMAL));
  return log4(v128.bitselect(energy, f32x4.splat(NO_ENERGY), some));
}
