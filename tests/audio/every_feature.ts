import { dct } from "../../src/audio/dct.ts";
import { delta } from "../../src/audio/delta.ts";
import type { Dsp } from "../../src/audio/dsp.ts";
import { joinMfccFrames } from "../../src/audio/join_mfcc_frames.ts";
import { melFilterBank } from "../../src/audio/mel_filter_bank.ts";
import { melSpectrogram } from "../../src/audio/mel_spectrogram.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { mfccBatch } from "../../src/audio/mfcc_batch.ts";
import { powerToDb } from "../../src/audio/power_to_db.ts";
import { preemphasis } from "../../src/audio/preemphasis.ts";
import { resample } from "../../src/audio/resample.ts";
import { rfft } from "../../src/audio/rfft.ts";
import { rms } from "../../src/audio/rms.ts";
import { spectralBandwidth } from "../../src/audio/spectral_bandwidth.ts";
import { spectralCentroid } from "../../src/audio/spectral_centroid.ts";
import { spectralContrast } from "../../src/audio/spectral_contrast.ts";
import { spectralFlatness } from "../../src/audio/spectral_flatness.ts";
import { spectralRolloff } from "../../src/audio/spectral_rolloff.ts";
import { spectrogram } from "../../src/audio/spectrogram.ts";
import { stft } from "../../src/audio/stft.ts";
import { StreamingMfcc } from "../../src/audio/streaming_mfcc.ts";
import { yin } from "../../src/audio/yin.ts";
import { zeroCrossingRate } from "../../src/audio/zero_crossing_rate.ts";

/**
 * Every feature of the core for one second of a made-up voice, with several settings each, by a name.
 * Imports nothing but src/audio, so that it runs wherever that does.
 */
export function everyFeature(dsp: Dsp): Record<string, Float32Array> {
  const sampleRate = 8000;
  const voice = madeUpVoice(sampleRate);
  const features: Record<string, Float32Array> = {};

  for (let n = 64; n <= 8192; n *= 2) {
    const { re, im } = rfft(dsp, Float32Array.from({ length: n }, (_, t) => voice[t % 8000]));
    features[`rfft ${n} re`] = re;
    features[`rfft ${n} im`] = im;
  }
  features["dct"] = dct(dsp, voice.subarray(0, 1000), { nFrames: 10 });
  features["dct none"] = dct(dsp, voice.subarray(0, 1000), { nFrames: 25, norm: "none" });

  const windows = ["hann", "hamming", "blackman", "rectangular"] as const;
  for (const [i, window] of windows.entries()) {
    const nFft = 256 << i;
    const { re, im } = stft(dsp, voice, { nFft, window });
    features[`stft ${window} re`] = re;
    features[`stft ${window} im`] = im;
    const options = { sampleRate, nFft, window, padMode: "reflect" } as const;
    features[`melSpectrogram ${window}`] = melSpectrogram(dsp, voice, options).data;
  }
  const magnitudes = spectrogram(dsp, voice);
  features["spectrogram"] = magnitudes.data;
  const power = spectrogram(dsp, voice, { nFft: 512, power: 2, center: false }).data;
  features["spectrogram power"] = power;
  features["powerToDb"] = powerToDb(dsp, power, { ref: "max", topDb: 60 });
  features["melFilterBank"] = melFilterBank(dsp, { sampleRate }).data;
  features["melFilterBank htk"] =
    melFilterBank(dsp, { sampleRate, scale: "htk", norm: "none" }).data;
  features["spectralCentroid"] = spectralCentroid(dsp, voice, { sampleRate }).data;
  features["spectralBandwidth"] = spectralBandwidth(dsp, magnitudes, { sampleRate, p: 3 }).data;
  features["spectralRolloff"] = spectralRolloff(dsp, magnitudes, { sampleRate }).data;
  features["spectralFlatness"] = spectralFlatness(dsp, voice, { nFft: 1024 }).data;
  features["spectralContrast"] = spectralContrast(dsp, voice, { sampleRate, nBands: 4 }).data;

  const settings = {
    librosa: {},
    unlimited: { topDb: Infinity },
    narrow: { nFft: 512, hopLength: 100, winLength: 400, nMels: 40, nMfcc: 20, fMin: 60 },
    htk: { scale: "htk", melNorm: "none", window: "hamming", power: 1, norm: "none" },
    reflect: { padMode: "reflect", window: "blackman", lifter: 22, topDb: 40 },
    notCentred: { center: false, nFft: 1024, window: "rectangular", hopLength: 333 },
    textbook: { preset: "textbook" },
    flat: { preset: "textbook", preEmphasis: 0, nMels: 20, lifter: 22 },
  } as const;
  for (const [name, options] of Object.entries(settings)) {
    features[`mfcc ${name}`] = mfcc(dsp, voice, { sampleRate, ...options }).data;
  }
  for (const { data } of mfccBatch(dsp, [voice], { sampleRate, nMfcc: 13 })) {
    features["mfccBatch"] = data.slice();
  }
  const streaming = new StreamingMfcc(dsp, { sampleRate, topDb: Infinity });
  const parts = [streaming.push(voice.subarray(0, 5000)), streaming.push(voice.subarray(5000))];
  const coefficients = joinMfccFrames([...parts, streaming.flush()]);
  features["StreamingMfcc"] = coefficients.data;
  features["delta"] = delta(dsp, coefficients).data;
  features["delta 2"] = delta(dsp, coefficients, { order: 2, mode: "nearest" }).data;

  features["rms"] = rms(dsp, voice).data;
  features["zeroCrossingRate"] = zeroCrossingRate(dsp, voice).data;
  features["preemphasis"] = preemphasis(dsp, voice).data;
  features["yin"] = yin(dsp, voice, { sampleRate, fMin: 80, fMax: 400 }).data;
  features["resample up"] = resample(dsp, voice, { from: sampleRate, to: 16000 });
  features["resample down"] = resample(dsp, voice, { from: 44100, to: sampleRate });
  features["resample fast"] = resample(dsp, voice, { from: 48000, to: 16000, quality: "fast" });
  return features;
}

/** Harmonics of a gliding pitch over a noise that keeps every band far above the rounding of f32. */
function madeUpVoice(sampleRate: number): Float32Array<ArrayBuffer> {
  let phase = 0, state = 1;
  return Float32Array.from({ length: sampleRate }, (_, t) => {
    const pitch = 150 + 30 * Math.sin(5 * t / sampleRate);
    phase += 2 * Math.PI * pitch / sampleRate;
    // The generator of S. Park and K. Miller, Communications of the ACM 31(10), 1988.
    state = state * 48271 % 0x7fffffff;
    let sum = 0.02 * (state / 0x7fffffff - 0.5);
    for (let k = 1; k < 20; k++) sum += 0.2 * Math.sin(k * phase) / k;
    return sum;
  });
}
