import type { MfccSettings } from "../../src/audio/mfcc_options.ts";

/** Fourier transform of a real frame whose length is a power of two, in double precision. */
export function referenceRfft(frame: ArrayLike<number>): { re: number[]; im: number[] } {
  const transform = (x: number[]): { re: number[]; im: number[] } => {
    const n = x.length;
    if (n === 1) return { re: [x[0]], im: [0] };
    const even = transform(x.filter((_, t) => t % 2 === 0));
    const odd = transform(x.filter((_, t) => t % 2 === 1));
    const re: number[] = [], im: number[] = [];
    for (let k = 0; k < n / 2; k++) {
      const c = Math.cos(-2 * Math.PI * k / n), s = Math.sin(-2 * Math.PI * k / n);
      const tr = c * odd.re[k] - s * odd.im[k], ti = c * odd.im[k] + s * odd.re[k];
      re[k] = even.re[k] + tr;
      im[k] = even.im[k] + ti;
      re[k + n / 2] = even.re[k] - tr;
      im[k + n / 2] = even.im[k] - ti;
    }
    return { re, im };
  };
  const { re, im } = transform(Array.from(frame));
  const bins = frame.length / 2 + 1;
  return { re: re.slice(0, bins), im: im.slice(0, bins) };
}

/**
 * Both definitions of MFCC, written down plainly in double precision: what the DSP core is compared
 * with where no output of a reference library can be shipped. [nMfcc, nFrames], row by row.
 */
export function referenceMfcc(
  samples: Float32Array,
  settings: MfccSettings,
): { data: Float64Array; nFrames: number } {
  const { nFft, winLength, hopLength, nMels, nMfcc } = settings;
  const librosa = settings.preset === "librosa";
  const before = librosa ? nFft / 2 : 0;
  const nFrames = librosa
    ? 1 + Math.floor(samples.length / hopLength)
    : 1 + Math.max(0, Math.ceil((samples.length - winLength) / hopLength));
  const emphasis = librosa ? 0 : settings.preEmphasis;
  const at = (t: number) =>
    t < 0 || t >= samples.length ? 0 : samples[t] - (t > 0 ? emphasis * samples[t - 1] : 0);
  const window = librosa
    ? (t: number) => 0.5 - 0.5 * Math.cos(2 * Math.PI * t / winLength)
    : (t: number) => 0.54 - 0.46 * Math.cos(2 * Math.PI * t / (winLength - 1));
  const offset = librosa ? Math.floor((nFft - winLength) / 2) : 0;
  const bank = librosa ? slaneyFilters(settings) : htkFilters(settings);

  const logMel: number[][] = [];
  for (let frame = 0; frame < nFrames; frame++) {
    const x = new Float64Array(nFft);
    for (let t = 0; t < winLength; t++) {
      x[offset + t] = window(t) * at(frame * hopLength - before + offset + t);
    }
    const { re, im } = referenceRfft(x);
    const power = re.map((value, k) => value ** 2 + im[k] ** 2);
    logMel.push(bank.map((filter) => {
      const energy = filter.reduce((sum, weight, k) => sum + weight * power[k], 0);
      if (librosa) return 10 * Math.log10(Math.max(1e-10, energy));
      return Math.log(energy === 0 ? Number.EPSILON : energy);
    }));
  }
  if (settings.preset === "librosa") {
    const floor = logMel.flat().reduce((a, b) => Math.max(a, b)) - settings.topDb;
    for (const frame of logMel) frame.forEach((value, m) => frame[m] = Math.max(value, floor));
  }

  const data = new Float64Array(nMfcc * nFrames);
  for (let k = 0; k < nMfcc; k++) {
    const scale = Math.sqrt((k === 0 ? 1 : 2) / nMels);
    for (let frame = 0; frame < nFrames; frame++) {
      data[k * nFrames + frame] = logMel[frame].reduce(
        (sum, value, m) => sum + scale * value * Math.cos(Math.PI * k * (2 * m + 1) / (2 * nMels)),
        0,
      );
    }
  }
  return { data, nFrames };
}

type FilterSettings = Pick<MfccSettings, "sampleRate" | "nFft" | "nMels" | "fMin" | "fMax">;

function slaneyFilters({ sampleRate, nFft, nMels, fMin, fMax }: FilterSettings): number[][] {
  const toMel = (hz: number) =>
    hz < 1000 ? 3 * hz / 200 : 15 + 27 * Math.log(hz / 1000) / Math.log(6.4);
  const toHz = (mel: number) => mel < 15 ? 200 * mel / 3 : 1000 * 6.4 ** ((mel - 15) / 27);
  const edge = (i: number) => toHz(toMel(fMin) + i * (toMel(fMax) - toMel(fMin)) / (nMels + 1));
  return Array.from({ length: nMels }, (_, m) => {
    const left = edge(m), centre = edge(m + 1), right = edge(m + 2);
    return Array.from({ length: nFft / 2 + 1 }, (_, k) => {
      const hz = k * sampleRate / nFft;
      const height = Math.min((hz - left) / (centre - left), (right - hz) / (right - centre));
      return Math.max(0, height) * 2 / (right - left);
    });
  });
}

function htkFilters({ sampleRate, nFft, nMels, fMin, fMax }: FilterSettings): number[][] {
  const toMel = (hz: number) => 2595 * Math.log10(1 + hz / 700);
  const toHz = (mel: number) => 700 * (10 ** (mel / 2595) - 1);
  const edge = (i: number) => {
    const mel = toMel(fMin) + i * (toMel(fMax) - toMel(fMin)) / (nMels + 1);
    return Math.floor((nFft + 1) * toHz(mel) / sampleRate);
  };
  return Array.from({ length: nMels }, (_, m) => {
    const left = edge(m), centre = edge(m + 1), right = edge(m + 2);
    return Array.from({ length: nFft / 2 + 1 }, (_, k) => {
      const inside = k >= left && k < right;
      if (!inside) return 0;
      return (k < centre ? (k - left) / (centre - left) : (right - k) / (right - centre)) / nFft;
    });
  });
}
