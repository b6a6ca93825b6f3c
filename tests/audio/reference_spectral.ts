import type { StftSettings } from "../../src/audio/stft_options.ts";
import { referenceRfft } from "./reference_mfcc.ts";

/**
 * librosa's features of the spectrum, written down plainly in double precision: what the DSP core is
 * compared with where no output of librosa can be shipped.
 */

/** Magnitudes of one frame. */
type Frame = number[];

/** Magnitudes of the spectra of all frames, for a hop shorter than half a frame. */
export function referenceMagnitudes(samples: Float32Array, settings: StftSettings): Frame[] {
  const { nFft, winLength, hopLength, window, center, padMode } = settings;
  const n = samples.length;
  const before = center ? nFft / 2 : 0;
  const count = 1 + Math.floor((center ? n : n - nFft) / hopLength);
  const at = (t: number): number => {
    if (t >= 0 && t < n) return samples[t];
    if (padMode === "constant" || n === 1) return padMode === "constant" ? 0 : samples[0];
    return at(t < 0 ? -t : 2 * (n - 1) - t);
  };
  const weight = (t: number): number => {
    const angle = 2 * Math.PI * t / winLength;
    if (window === "hann") return 0.5 - 0.5 * Math.cos(angle);
    if (window === "hamming") return 0.54 - 0.46 * Math.cos(angle);
    if (window === "blackman") return 0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
    return 1;
  };
  const offset = Math.floor((nFft - winLength) / 2);
  return Array.from({ length: count }, (_, f) => {
    const frame = new Float64Array(nFft);
    for (let t = 0; t < winLength; t++) {
      frame[offset + t] = weight(t) * at(f * hopLength - before + offset + t);
    }
    const { re, im } = referenceRfft(frame);
    return re.map((value, k) => Math.hypot(value, im[k]));
  });
}

/** Triangular filters of Slaney's or HTK's scale. */
export function referenceMelFilters(
  { sampleRate, nFft, nMels, fMin, fMax, htk, slaneyNorm }: {
    sampleRate: number;
    nFft: number;
    nMels: number;
    fMin: number;
    fMax: number;
    htk: boolean;
    slaneyNorm: boolean;
  },
): number[][] {
  const toMel = (hz: number) => {
    if (htk) return 2595 * Math.log10(1 + hz / 700);
    return hz < 1000 ? 3 * hz / 200 : 15 + 27 * Math.log(hz / 1000) / Math.log(6.4);
  };
  const toHz = (mel: number) => {
    if (htk) return 700 * (10 ** (mel / 2595) - 1);
    return mel < 15 ? 200 * mel / 3 : 1000 * 6.4 ** ((mel - 15) / 27);
  };
  const edge = (i: number) => toHz(toMel(fMin) + i * (toMel(fMax) - toMel(fMin)) / (nMels + 1));
  return Array.from({ length: nMels }, (_, m) => {
    const left = edge(m), centre = edge(m + 1), right = edge(m + 2);
    const scale = slaneyNorm ? 2 / (right - left) : 1;
    return Array.from({ length: nFft / 2 + 1 }, (_, k) => {
      const hz = k * sampleRate / nFft;
      const height = Math.min((hz - left) / (centre - left), (right - hz) / (right - centre));
      return Math.max(0, height) * scale;
    });
  });
}

/** Mean frequency of a frame whose bins are `width` Hz wide. */
export function referenceCentroid(frame: Frame, width: number): number {
  const total = sum(frame);
  return total === 0 ? 0 : sum(frame.map((value, k) => k * width * value)) / total;
}

/** Root mean square distance from it. */
export function referenceBandwidth(frame: Frame, width: number): number {
  const total = sum(frame);
  if (total === 0) return 0;
  const centroid = referenceCentroid(frame, width);
  return Math.sqrt(sum(frame.map((value, k) => (k * width - centroid) ** 2 * value)) / total);
}

/** The bin up to which there is the given share of the magnitudes, in Hz. */
export function referenceRolloff(frame: Frame, width: number, share: number): number {
  const threshold = share * sum(frame);
  let rising = 0;
  return width * frame.findIndex((value) => (rising += value) >= threshold);
}

/** Geometric over arithmetic mean of the power. */
export function referenceFlatness(frame: Frame): number {
  const power = frame.map((value) => Math.max(1e-10, value ** 2));
  const meanLog = sum(power.map(Math.log)) / power.length;
  return Math.exp(meanLog) / (sum(power) / power.length);
}

/** Peak and valley of each of 6 bands, 0 to 200 Hz, 200 to 400 Hz and so on: means of magnitudes. */
export function referenceExtremes(frame: Frame, width: number): { peak: number; valley: number }[] {
  return Array.from({ length: 6 }, (_, band) => {
    const low = band === 0 ? 0 : 200 * 2 ** (band - 1), high = 200 * 2 ** band;
    const inside = frame.map((_, k) => k * width >= low && k * width <= high);
    const first = inside.indexOf(true), last = inside.lastIndexOf(true);
    if (band > 0) inside[first - 1] = true;
    if (band === 5) inside.fill(true, last);
    const bins = frame.filter((_, k) => inside[k]);
    const count = Math.max(1, Math.round(0.02 * bins.length));
    if (band < 5) bins.pop();
    const sorted = bins.toSorted((a, b) => a - b);
    return {
      valley: sum(sorted.slice(0, count)) / count,
      peak: sum(sorted.slice(-count)) / count,
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
