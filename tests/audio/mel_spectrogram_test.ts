import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { melFilterBank } from "../../src/audio/mel_filter_bank.ts";
import { melSpectrogram, type MelSpectrogramOptions } from "../../src/audio/mel_spectrogram.ts";
import { spectrogram } from "../../src/audio/spectrogram.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();
const random = new Random(9);
const noise = Float32Array.from({ length: 3000 }, () => random.normal());

Deno.test("melSpectrogram() equals librosa on every signal", () => {
  assertLikeLibrosa("melSpectrogram", 50, { ofPeak: 1e-5 }, (samples, { sampleRate, options }) => {
    const { data, nMels, nFrames } = melSpectrogram(dsp, samples, { sampleRate, ...options });
    return { data, shape: [nMels, nFrames] };
  });
});

Deno.test("melSpectrogram() is the product of filters and spectrogram", () => {
  const mel = { sampleRate: 8000, nFft: 512, nMels: 20, scale: "htk" } as const;
  const frames = { nFft: 512, hopLength: 100, window: "hamming" } as const;
  const bank = melFilterBank(dsp, mel);
  for (const power of [1, 2] as const) {
    const spectrum = spectrogram(dsp, noise, { ...frames, power });
    const { data, nFrames } = melSpectrogram(dsp, noise, { ...mel, ...frames, power });
    for (let m = 0; m < 20; m++) {
      for (let t = 0; t < nFrames; t++) {
        let expected = 0;
        for (let k = 0; k < bank.nBins; k++) {
          expected += bank.data[m * bank.nBins + k] * spectrum.data[k * nFrames + t];
        }
        assert.ok(Math.abs(data[m * nFrames + t] / expected - 1) < 1e-6);
      }
    }
  }
});

Deno.test("melSpectrogram() throws for samples and options it cannot use", () => {
  assert.throws(
    () => melSpectrogram(dsp, new Float32Array(0), { sampleRate: 8000 }),
    AudioInputError,
  );
  const wrong: [string, unknown][] = [
    ["sampleRate", undefined],
    ["hopLength", 0],
    ["nMels", 1000],
    ["power", 0],
    ["window", "sine"],
  ];
  for (const [option, value] of wrong) {
    const options = { sampleRate: 8000, [option]: value } as MelSpectrogramOptions;
    assert.throws(
      () => melSpectrogram(dsp, noise, options),
      (error) => error instanceof AudioOptionError && error.option === option,
      option,
    );
  }
});
