/**
 * Triangular filters, equally spaced and half overlapping on a mel scale. Each touches few bins, so
 * that a filter is stored as its first bin, the number of its bins and their weights.
 */
import { alloc } from "./arena";
import { madd } from "./madd";

@unmanaged
export class MelBank {
  /** Number of filters. */
  count: i32;
  /** For each filter: first bin (i32), number of bins (i32), address of its weights (usize). */
  filters: usize;
}

/** Bytes of an entry of `MelBank.filters`. */
const ENTRY: usize = 12;

/** Where Slaney's scale turns from linear to logarithmic, in Hz; below, a mel is 200/3 Hz. */
const SLANEY_BREAK: f64 = 1000;
const SLANEY_HZ: f64 = 200.0 / 3.0;

/** Slaney's scale: M. Slaney, Auditory Toolbox, 1998; `librosa.hz_to_mel(htk=False)`. */
function slaneyMel(hz: f64): f64 {
  if (hz < SLANEY_BREAK) return hz / SLANEY_HZ;
  return SLANEY_BREAK / SLANEY_HZ + Math.log(hz / SLANEY_BREAK) / (Math.log(6.4) / 27.0);
}

function slaneyHz(mel: f64): f64 {
  const turn = SLANEY_BREAK / SLANEY_HZ;
  if (mel < turn) return mel * SLANEY_HZ;
  return SLANEY_BREAK * Math.exp((mel - turn) * (Math.log(6.4) / 27.0));
}

/** HTK's scale: D. O'Shaughnessy, Speech Communication, 1987; The HTK Book, section 5.4. */
function htkMel(hz: f64): f64 {
  return 2595.0 * Math.log10(1.0 + hz / 700.0);
}

function htkHz(mel: f64): f64 {
  return 700.0 * (Math.pow(10.0, mel / 2595.0) - 1.0);
}

function createBank(count: i32, bins: i32): MelBank {
  const bank = changetype<MelBank>(alloc(offsetof<MelBank>()));
  bank.count = count;
  bank.filters = alloc(<usize>count * ENTRY);
  // The filters overlap by half: no bin lies inside more than two of them.
  store<usize>(bank.filters, alloc(<usize>bins * 2 * 4), 8);
  return bank;
}

/** Enters filter `m`, whose `bins` weights from bin `first` on are already stored at `weights`. */
function enter(bank: MelBank, m: i32, first: i32, bins: i32, weights: usize): void {
  const entry = bank.filters + <usize>m * ENTRY;
  store<i32>(entry, first);
  store<i32>(entry, bins, 4);
  store<usize>(entry, weights, 8);
}

/**
 * librosa's filters (`librosa.filters.mel`): triangles over frequency on Slaney's scale or on HTK's, of
 * height 1 or each scaled to the same area, 2 / (upper edge - lower edge). As in librosa, a filter
 * narrower than the distance of two bins may be empty.
 */
export function createMelBank(
  rate: f64, nFft: i32, count: i32, fMin: f64, fMax: f64, htk: bool, equalArea: bool,
): MelBank {
  const bins = (nFft >> 1) + 1;
  const bank = createBank(count, bins);
  let weights = load<usize>(bank.filters, 8);
  const low = htk ? htkMel(fMin) : slaneyMel(fMin);
  const step = ((htk ? htkMel(fMax) : slaneyMel(fMax)) - low) / <f64>(count + 1);
  for (let m = 0; m < count; m++) {
    const left = edgeHz(low + step * <f64>m, htk);
    const centre = edgeHz(low + step * <f64>(m + 1), htk);
    const right = edgeHz(low + step * <f64>(m + 2), htk);
    const area = equalArea ? (right - left) / 2.0 : 1.0;
    const start = weights;
    let first = 0;
    for (let k = 0; k < bins; k++) {
      const hz = <f64>k * rate / <f64>nFft;
      const height = min((hz - left) / (centre - left), (right - hz) / (right - centre));
      if (height <= 0) continue;
      if (weights == start) first = k;
      store<f32>(weights, <f32>(height / area));
      weights += 4;
    }
    enter(bank, m, first, <i32>((weights - start) >> 2), start);
  }
  return bank;
}

function edgeHz(mel: f64, htk: bool): f64 {
  return htk ? htkHz(mel) : slaneyHz(mel);
}

/**
 * The textbook's filters, as in python_speech_features: HTK's scale, edges moved down to whole bins,
 * floor((nFft + 1) f / rate), triangles of height 1 over bins. The weights carry the 1 / nFft by which
 * that library scales the power spectrum, a power of two and therefore exact.
 */
export function htkBank(rate: f64, nFft: i32, count: i32, fMin: f64, fMax: f64): MelBank {
  const bank = createBank(count, (nFft >> 1) + 1);
  let weights = load<usize>(bank.filters, 8);
  const low = htkMel(fMin);
  const step = (htkMel(fMax) - low) / <f64>(count + 1);
  for (let m = 0; m < count; m++) {
    const left = edgeBin(low + step * <f64>m, rate, nFft);
    const centre = edgeBin(low + step * <f64>(m + 1), rate, nFft);
    const right = edgeBin(low + step * <f64>(m + 2), rate, nFft);
    const start = weights;
    for (let k = left; k < right; k++) {
      const height = k < centre
        ? <f64>(k - left) / <f64>(centre - left)
        : <f64>(right - k) / <f64>(right - centre);
      store<f32>(weights, <f32>(height / <f64>nFft));
      weights += 4;
    }
    enter(bank, m, left, right - left, start);
  }
  return bank;
}

function edgeBin(mel: f64, rate: f64, nFft: i32): i32 {
  return <i32>Math.floor(<f64>(nFft + 1) * htkHz(mel) / rate);
}

/** The filters as a matrix: a row a filter of one f32 a bin. */
export function melWeights(bank: MelBank, bins: i32): usize {
  const bytes = <usize>bank.count * <usize>bins * 4;
  const out = alloc(bytes);
  memory.fill(out, 0, bytes);
  for (let m = 0; m < bank.count; m++) {
    const entry = bank.filters + <usize>m * ENTRY;
    const to = out + <usize>(m * bins + load<i32>(entry)) * 4;
    memory.copy(to, load<usize>(entry, 8), <usize>load<i32>(entry, 4) * 4);
  }
  return out;
}

/** The energy of four frames in filter `m`, from their power (16 bytes a bin). */
@inline
export function melEnergy4(bank: MelBank, m: i32, power: usize): v128 {
  const entry = bank.filters + <usize>m * ENTRY;
  let bin = power + <usize>load<i32>(entry) * 16;
  let weight = load<usize>(entry, 8);
  const end = weight + <usize>load<i32>(entry, 4) * 4;
  let energy = f32x4.splat(0);
  for (; weight < end; weight += 4, bin += 16) {
    energy = madd<f32>(v128.load32_splat(weight), v128.load(bin), energy);
  }
  return energy;
}
