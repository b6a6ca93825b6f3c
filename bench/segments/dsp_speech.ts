import { VAD_RATE } from "../../models/silero/silero_vad.ts";
import type { Dsp } from "../../src/audio/dsp.ts";
import { rms } from "../../src/audio/rms.ts";
import { spectralFlatness } from "../../src/audio/spectral_flatness.ts";
import { spectrogram } from "../../src/audio/spectrogram.ts";
import { yin } from "../../src/audio/yin.ts";
import type { SegmentOptions } from "../../src/segment/speech_segments.ts";

/** Values a second of {@linkcode dspSpeech}. */
export const DSP_RATE = 100;

/** What the DSP core looks at: a pitch needs three periods of 62 Hz. */
const FRAMES = { frameLength: 768, hopLength: VAD_RATE / DSP_RATE };

/** How the signs of speech are weighed. */
export interface DspSpeechOptions {
  /** Decibels above the noise from which on a frame is as likely speech as not. */
  readonly level: number;
  /** Aperiodicity, and logarithm of flatness, below which it is. */
  readonly aperiodicity: number;
  readonly flatness: number;
  /** Seconds over which a pitch is felt around where it is heard: consonants have none. */
  readonly reach: number;
}

/** Values that were best on RAVDESS's speakers 1 to 9. */
export const DSP_SPEECH: DspSpeechOptions = {
  level: 5,
  aperiodicity: 0.4,
  flatness: -2,
  reach: 0.2,
};

/** How segments are made of it, chosen likewise. */
export const DSP_SEGMENTS: SegmentOptions = { onset: 0.3, offset: 0.18, leastSpeech: 0.25 };

/** Seconds before and after a frame whose quietest tenth is the noise. */
const FLOOR = { seconds: 5, quantile: 0.1 };

/**
 * What the DSP core's own features say of speech along a recording, from 0 to 1 a frame: how far the level is above a
 * noise floor that follows the quietest tenth of ten seconds, times whether something periodic and not flat is near.
 */
export function dspSpeech(
  dsp: Dsp,
  samples: Float32Array,
  { level, aperiodicity, flatness, reach }: DspSpeechOptions = DSP_SPEECH,
): Float32Array {
  const dB = rms(dsp, samples, FRAMES).data.map((value) => 20 * Math.log10(value + 1e-5));
  const pitch = yin(dsp, samples, { ...FRAMES, sampleRate: VAD_RATE, fMin: 65, fMax: 500 });
  const stft = { nFft: 1024, winLength: FRAMES.frameLength, hopLength: FRAMES.hopLength };
  const flat = spectralFlatness(dsp, spectrogram(dsp, samples, stft)).data;
  const floor = movingQuantile(dB, FLOOR.seconds * DSP_RATE);
  const voiced = dB.map((_, t) =>
    sigmoid((aperiodicity - pitch.aperiodicity[t]) / 0.05) *
    sigmoid((flatness - Math.log(flat[t] + 1e-10)) / 0.5)
  );
  const near = movingMost(voiced, Math.round(reach * DSP_RATE));
  return dB.map((value, t) => near[t] * sigmoid((value - floor[t] - level) / 2));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** The quantile of the values up to `half` before and after each, found at every tenth. */
function movingQuantile(values: Float32Array, half: number): Float32Array {
  const out = new Float32Array(values.length);
  const step = Math.max(1, Math.floor(half / 10));
  for (let t = 0; t < values.length; t += step) {
    const about = values.slice(Math.max(0, t - half), t + half).sort();
    out.fill(about[Math.floor(FLOOR.quantile * (about.length - 1))], t, t + step);
  }
  return out;
}

function movingMost(values: Float32Array, half: number): Float32Array {
  return values.map((_, t) =>
    values.subarray(Math.max(0, t - half), t + half + 1).reduce((a, b) => Math.max(a, b), 0)
  );
}
