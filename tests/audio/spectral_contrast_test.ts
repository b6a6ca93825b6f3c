import assert from "node:assert/strict";
import { AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { spectralContrast } from "../../src/audio/spectral_contrast.ts";
import { Random } from "../../src/numeric/random.ts";
import { testSpectralFeature } from "./spectral_feature.ts";

testSpectralFeature(spectralContrast, {
  atLeast: 55,
  // A decibel's rounding, and that of f32 for differences of magnitudes.
  tolerance: { relative: 1e-6, absolute: 1e-4 },
  options: { nBands: 5 },
  wrong: [
    ["sampleRate", 0],
    ["fMin", 0],
    ["fMin", Infinity],
    ["nBands", 0],
    ["nBands", 1.5],
    ["nBands", 33],
    ["quantile", 0],
    ["quantile", 1],
    ["linear", "yes"],
  ],
});

Deno.test("spectralContrast() throws for bands above half of the sample rate, as librosa does", async () => {
  const dsp = await loadDsp();
  const samples = new Float32Array(4000).fill(0.1);
  assert.throws(
    () => spectralContrast(dsp, samples, { sampleRate: 8000 }),
    (error) =>
      error instanceof AudioOptionError && error.option === "nBands" &&
      /would begin at 6400 Hz/.test(error.message),
  );
  assert.equal(spectralContrast(dsp, samples, { sampleRate: 8000, nBands: 5 }).nRows, 6);
});

Deno.test("spectralContrast() throws where a band has too few bins", async () => {
  const dsp = await loadDsp();
  const samples = new Float32Array(4000).fill(0.1);
  for (const fMin of [10, 100]) {
    assert.throws(
      () => spectralContrast(dsp, samples, { sampleRate: 8000, nFft: 64, fMin, nBands: 2 }),
      (error) => error instanceof AudioOptionError && error.option === "fMin",
    );
  }
});

Deno.test("spectralContrast() finds the extremes of bands of any size", async () => {
  const dsp = await loadDsp();
  const random = new Random(3);
  const frames = 3;
  for (let nBins = 33; nBins < 90; nBins++) {
    const data = Float32Array.from({ length: nBins * frames }, () => random.next());
    // One octave that reaches to the top, below it half as many bins.
    const sampleRate = 2 * (nBins - 1);
    const half = Math.floor(nBins / 2) - 0.5;
    const options = { sampleRate, fMin: half, nBands: 1, quantile: 1e-9, linear: true };
    const contrast = spectralContrast(dsp, { data, nBins, nFrames: frames }, options);
    for (let t = 0; t < frames; t++) {
      const column = Array.from({ length: nBins }, (_, k) => data[k * frames + t]);
      const bands = [column.slice(0, Math.floor(half)), column.slice(Math.floor(half))];
      bands.forEach((band, row) => {
        const expected = Math.max(...band) - Math.min(...band);
        assert.ok(Math.abs(contrast.data[row * frames + t] - expected) < 1e-6, `${nBins} ${row}`);
      });
    }
  }
});
