import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { spectrogram } from "../../src/audio/spectrogram.ts";
import { stft } from "../../src/audio/stft.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();
const random = new Random(9);
const noise = Float32Array.from({ length: 3000 }, () => random.normal());

Deno.test("spectrogram() equals librosa on every signal", () => {
  assertLikeLibrosa("spectrogram", 40, { relative: 1e-6, absolute: 1e-12 }, (samples, one) => {
    const { data, nBins, nFrames } = spectrogram(dsp, samples, one.options);
    return { data, shape: [nBins, nFrames] };
  });
});

Deno.test("spectrogram() is the magnitude of stft(), or its square", () => {
  const { re, im } = stft(dsp, noise, { nFft: 256 });
  const magnitude = spectrogram(dsp, noise, { nFft: 256 }).data;
  const power = spectrogram(dsp, noise, { nFft: 256, power: 2 }).data;
  assert.equal(magnitude.length, re.length);
  re.forEach((value, i) => {
    const expected = Math.hypot(value, im[i]);
    assert.ok(Math.abs(magnitude[i] - expected) <= 2e-7 * expected);
    assert.ok(Math.abs(power[i] - expected ** 2) <= 4e-7 * expected ** 2);
  });
});

Deno.test("spectrogram() throws for samples and options it cannot use", () => {
  assert.throws(() => spectrogram(dsp, new Float32Array(0)), AudioInputError);
  assert.throws(
    () => spectrogram(dsp, noise, { power: 3 as 2 }),
    (error) => error instanceof AudioOptionError && error.option === "power",
  );
  assert.throws(
    () => spectrogram(dsp, noise, { hopLength: 0 }),
    (error) => error instanceof AudioOptionError && error.option === "hopLength",
  );
});
