/** Mel spectrogram: the spectrum's power, or its magnitude, summed up by mel filters. */
import { alloc } from "./arena";
import { storeLanes } from "./frame";
import { MelBank, melEnergy4 } from "./mel";
import { extendForFrames, powers4, stftFrames, StftPlan, stftScratch } from "./stft";

/** The parts of a mel spectrogram. */
@unmanaged
export class MelPlan {
  stft: StftPlan;
  bank: MelBank;
  /** What the filters sum up: 2 for the power of the spectrum, 1 for its magnitude. */
  power: i32;
}

/** Of its parts. */
export function createMelSpectrogram(stft: StftPlan, bank: MelBank, power: i32): MelPlan {
  const plan = changetype<MelPlan>(alloc(offsetof<MelPlan>()));
  plan.stft = stft;
  plan.bank = bank;
  plan.power = power;
  return plan;
}

/** Of the `n` samples at `x`: a row a filter of one f32 a frame. */
export function runMelSpectrogram(plan: MelPlan, x: usize, n: i32): usize {
  const stft = plan.stft, bank = plan.bank;
  const frames = stftFrames(stft, n);
  const row = <usize>frames * 4;
  const out = alloc(<usize>bank.count * row);
  const signal = extendForFrames(stft, x, n);
  const scratch = stftScratch(stft);
  for (let t = 0; t < frames; t += 4) {
    powers4(stft, plan.power, signal, t, frames, scratch);
    let to = out + <usize>t * 4;
    for (let m = 0; m < bank.count; m++, to += row) {
      storeLanes(to, melEnergy4(bank, m, scratch.powers), frames - t);
    }
  }
  return out;
}
