import assert from "node:assert/strict";
import fc from "fast-check";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { melSpectrogram } from "../../src/audio/mel_spectrogram.ts";
import { powerToDb } from "../../src/audio/power_to_db.ts";
import { spectralBandwidth } from "../../src/audio/spectral_bandwidth.ts";
import { spectralCentroid } from "../../src/audio/spectral_centroid.ts";
import { spectralContrast } from "../../src/audio/spectral_contrast.ts";
import { spectralFlatness } from "../../src/audio/spectral_flatness.ts";
import { spectralRolloff } from "../../src/audio/spectral_rolloff.ts";
import { spectrogram } from "../../src/audio/spectrogram.ts";
import { resolveStftOptions, type StftOptions } from "../../src/audio/stft_options.ts";
import { Random } from "../../src/numeric/random.ts";
import { speechTest } from "./real_speech.ts";
import {
  referenceBandwidth,
  referenceCentroid,
  referenceExtremes,
  referenceFlatness,
  referenceMagnitudes,
  referenceMelFilters,
  referenceRolloff,
} from "./reference_spectral.ts";

const dsp = await loadDsp();
const SAMPLE_RATE = 8000;

/** Compares every feature of a clip, sampled at 8 kHz, with its definition in double precision. */
function compareFeatures(samples: Float32Array, frames: StftOptions): void {
  const settings = resolveStftOptions(frames, 512);
  const magnitudes = referenceMagnitudes(samples, settings);
  const { nFft } = settings;
  const width = SAMPLE_RATE / nFft;
  const options = { ...frames, sampleRate: SAMPLE_RATE };
  const close = (what: string, actual: number, expected: number, allowed: number) => {
    assert.ok(Math.abs(actual - expected) <= allowed, `${what}: ${actual} is not ${expected}`);
  };

  const spectra = spectrogram(dsp, samples, settings);
  assert.deepEqual([spectra.nBins, spectra.nFrames], [1 + nFft / 2, magnitudes.length]);
  const mel = melSpectrogram(dsp, samples, { ...options, nMels: 30, scale: "htk", norm: "none" });
  const edges = { nMels: 30, fMin: 0, fMax: SAMPLE_RATE / 2 };
  const bank = referenceMelFilters({
    sampleRate: SAMPLE_RATE,
    nFft,
    ...edges,
    htk: true,
    slaneyNorm: false,
  });
  const centroid = spectralCentroid(dsp, samples, options);
  const bandwidth = spectralBandwidth(dsp, samples, options);
  const rolloff = spectralRolloff(dsp, samples, options);
  const flatness = spectralFlatness(dsp, samples, frames);
  const contrast = spectralContrast(dsp, samples, { ...options, nBands: 5 });
  const extremes = magnitudes.map((frame) => referenceExtremes(frame, width));
  // In f32, as the core has them; powerToDb() has tests of its own.
  const levels = (side: "peak" | "valley") =>
    powerToDb(dsp, Float32Array.from(extremes.flatMap((bands) => bands.map((band) => band[side]))));
  const peaks = levels("peak"), valleys = levels("valley");

  magnitudes.forEach((frame, t) => {
    const relative = (what: string, actual: number, expected: number, part: number) =>
      close(`${what} of frame ${t}`, actual, expected, part * Math.abs(expected) + 1e-12);
    frame.forEach((value, k) => {
      relative(`bin ${k}`, spectra.data[k * spectra.nFrames + t], value, 1e-6);
    });
    const energies = bank.map((filter) =>
      filter.reduce((sum, weight, k) => sum + weight * frame[k] ** 2, 0)
    );
    const loudest = energies.reduce((a, b) => Math.max(a, b));
    energies.forEach((energy, m) => {
      close(`mel ${m} of frame ${t}`, mel.data[m * mel.nFrames + t], energy, 1e-5 * loudest);
    });
    relative("centroid", centroid.data[t], referenceCentroid(frame, width), 1e-6);
    relative("bandwidth", bandwidth.data[t], referenceBandwidth(frame, width), 1e-6);
    relative("flatness", flatness.data[t], referenceFlatness(frame), 1e-5);
    // A threshold that all but meets a sum may fall on either of two bins.
    const [low, high] = [0.85 - 1e-6, 0.85 + 1e-6].map((p) => referenceRolloff(frame, width, p));
    assert.ok(rolloff.data[t] >= low && rolloff.data[t] <= high, `roll-off of frame ${t}`);
    extremes[t].forEach((_, band) => {
      const expected = peaks[t * 6 + band] - valleys[t * 6 + band];
      close(`contrast of band ${band}`, contrast.data[band * contrast.nFrames + t], expected, 1e-4);
    });
  });
}

await speechTest("features of the spectrum equal their definitions on real speech", SAMPLE_RATE, (
  samples,
) => {
  compareFeatures(samples, {});
  compareFeatures(samples, {
    nFft: 512,
    winLength: 200,
    hopLength: 80,
    window: "hamming",
    padMode: "reflect",
  });
});

Deno.test("features of the spectrum equal their definitions for any frames", () => {
  const frames = fc.record({
    log2Fft: fc.integer({ min: 8, max: 10 }),
    winPart: fc.double({ min: 0.1, max: 1, noNaN: true }),
    hopPart: fc.double({ min: 0.1, max: 0.49, noNaN: true }),
    window: fc.constantFrom("hann" as const, "hamming", "blackman", "rectangular"),
    center: fc.boolean(),
    padMode: fc.constantFrom("constant" as const, "reflect"),
    length: fc.integer({ min: 1, max: 4000 }),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(frames, ({ log2Fft, winPart, hopPart, length, seed, ...rest }) => {
      const nFft = 2 ** log2Fft;
      const random = new Random(seed);
      // Frames that are not centred need as many samples.
      const least = rest.center ? length : Math.max(length, nFft);
      const samples = Float32Array.from({ length: least }, () => random.normal());
      const winLength = Math.max(2, Math.round(winPart * nFft));
      compareFeatures(samples, {
        nFft,
        winLength,
        hopLength: Math.round(hopPart * nFft),
        ...rest,
      });
    }),
    { seed: 8, numRuns: 60 },
  );
});
