import assert from "node:assert/strict";
import fc from "fast-check";
import { dct } from "../../src/audio/dct.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import type { MfccOptions } from "../../src/audio/mfcc_options.ts";
import { rfft } from "../../src/audio/rfft.ts";
import { stft } from "../../src/audio/stft.ts";
import type { StftOptions } from "../../src/audio/stft_options.ts";
import { Random } from "../../src/numeric/random.ts";

// That a stream equals the batch for any cutting is shown in streaming_mfcc_test.ts.

const dsp = await loadDsp();

const seeds = fc.nat(1_000_000);
const transformLengths = fc.integer({ min: 6, max: 13 }).map((log2) => 2 ** log2);
const windows = fc.constantFrom("hann", "hamming", "blackman", "rectangular" as const);

/** Noise at a level from -80 to +40 dB. */
function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  const level = 10 ** random.uniform(-4, 2);
  return Float32Array.from({ length }, () => level * random.normal());
}

function energy(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value ** 2, 0);
}

/** The energy of a whole spectrum of n bins, of which 0 to n / 2 are given. */
function spectrumEnergy(re: ArrayLike<number>, im: ArrayLike<number>): number {
  const last = re.length - 1;
  const ends = re[0] ** 2 + im[0] ** 2 + re[last] ** 2 + im[last] ** 2;
  return 2 * (energy(re) + energy(im)) - ends;
}

Deno.test("rfft() keeps the energy of any frame (Parseval)", () => {
  fc.assert(
    fc.property(transformLengths, seeds, (n, seed) => {
      const frame = noise(n, seed);
      const { re, im } = rfft(dsp, frame);
      assert.ok(Math.abs(spectrumEnergy(re, im) / n / energy(frame) - 1) < 1e-5);
    }),
    { seed: 5, numRuns: 100 },
  );
});

Deno.test("stft() keeps the energy of every windowed frame (Parseval)", () => {
  fc.assert(
    fc.property(transformLengths, windows, seeds, (nFft, window, seed) => {
      const samples = noise(2 * nFft, seed);
      const options: StftOptions = { nFft, window, center: false };
      const { re, im, nFrames } = stft(dsp, samples, options);
      // The window itself: what is left of ones.
      const weight = (t: number) => {
        const angle = 2 * Math.PI * t / nFft;
        if (window === "hann") return 0.5 - 0.5 * Math.cos(angle);
        if (window === "hamming") return 0.54 - 0.46 * Math.cos(angle);
        if (window === "rectangular") return 1;
        return 0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle);
      };
      for (let f = 0; f < nFrames; f++) {
        const column = (values: Float32Array) => values.filter((_, i) => i % nFrames === f);
        const frame = Array.from({ length: nFft }, (_, t) => weight(t) * samples[f * nFft / 4 + t]);
        const ratio = spectrumEnergy(column(re), column(im)) / nFft / energy(frame);
        assert.ok(Math.abs(ratio - 1) < 1e-5, `${nFft} ${window}, frame ${f}: ${ratio}`);
      }
    }),
    { seed: 6, numRuns: 40 },
  );
});

Deno.test("the spectrum is linear", () => {
  // Not so small that products leave the range of f32.
  const factor = fc.integer({ min: -300, max: 300 }).map((hundredths) => hundredths / 100);
  fc.assert(
    fc.property(transformLengths, seeds, factor, factor, (nFft, seed, a, b) => {
      const random = new Random(seed);
      const [x, y] = [0, 1].map(() => Float32Array.from({ length: nFft }, () => random.normal()));
      const sum = x.map((value, t) => a * value + b * y[t]);
      const transforms = [
        (samples: Float32Array) => rfft(dsp, samples),
        (samples: Float32Array) => stft(dsp, samples, { nFft }),
      ];
      for (const transform of transforms) {
        const [ofSum, ofX, ofY] = [sum, x, y].map(transform);
        for (const part of ["re", "im"] as const) {
          const expected = ofX[part].map((value, i) => a * value + b * ofY[part][i]);
          const difference = Math.sqrt(energy(expected.map((value, i) => value - ofSum[part][i])));
          const scale = (Math.abs(a) + Math.abs(b)) * Math.sqrt(energy(ofX[part]));
          assert.ok(difference <= 1e-6 * scale, `${nFft}: ${difference} of ${scale}`);
        }
      }
    }),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("the spectrum of a signal twice as loud is twice as large, to the bit", () => {
  fc.assert(
    fc.property(transformLengths, seeds, (nFft, seed) => {
      const samples = noise(3 * nFft, seed);
      const once = stft(dsp, samples, { nFft }),
        twice = stft(dsp, samples.map((v) => 2 * v), { nFft });
      assert.deepEqual(twice.re, once.re.map((value) => 2 * value));
      assert.deepEqual(twice.im, once.im.map((value) => 2 * value));
    }),
    { seed: 8, numRuns: 30 },
  );
});

/** Rows of `values` but for the first `skip` of every `nFrames`. */
function withoutFirst(values: Float32Array, nFrames: number, skip: number): Float32Array {
  return values.filter((_, i) => i % nFrames >= skip);
}

Deno.test("a shift by whole hops shifts the frames, to the bit", () => {
  const shifts = fc.record({
    log2Fft: fc.integer({ min: 6, max: 10 }),
    hopLength: fc.integer({ min: 20, max: 300 }),
    hops: fc.integer({ min: 1, max: 5 }),
    length: fc.integer({ min: 1024, max: 4000 }),
    preset: fc.constantFrom("librosa" as const, "textbook" as const),
    window: windows,
    seed: seeds,
  });
  fc.assert(
    fc.property(shifts, ({ log2Fft, hopLength, hops, length, preset, window, seed }) => {
      const samples = noise(length, seed);
      const later = new Float32Array(length + hops * hopLength);
      later.set(samples, hops * hopLength);
      const nFft = 2 ** log2Fft;

      const common = { sampleRate: 8000, nFft, hopLength, winLength: nFft, nMels: 20, nMfcc: 10 };
      const options: MfccOptions = preset === "librosa"
        ? { ...common, window, topDb: Infinity }
        : { ...common, preset };
      const before = mfcc(dsp, samples, options), after = mfcc(dsp, later, options);
      assert.equal(after.nFrames, before.nFrames + hops);
      assert.deepEqual(withoutFirst(after.data, after.nFrames, hops), before.data);

      const spectra = [samples, later].map((x) => stft(dsp, x, { nFft, hopLength, window }));
      for (const part of ["re", "im"] as const) {
        const shifted = withoutFirst(spectra[1][part], spectra[1].nFrames, hops);
        assert.deepEqual(shifted, spectra[0][part]);
      }
    }),
    { seed: 9, numRuns: 100 },
  );
});

Deno.test("dct() is orthonormal: it keeps lengths and angles", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 512 }), seeds, (n, seed) => {
      const random = new Random(seed);
      const [x, y] = [0, 1].map(() => Float32Array.from({ length: n }, () => random.normal()));
      const [dx, dy] = [x, y].map((values) => dct(dsp, values));
      const product = (a: Float32Array, b: Float32Array) =>
        a.reduce((sum, value, i) => sum + value * b[i], 0);
      const scale = Math.sqrt(energy(x) * energy(y));
      assert.ok(Math.abs(product(dx, dy) - product(x, y)) < 2e-6 * scale);
      assert.ok(Math.abs(energy(dx) / energy(x) - 1) < 2e-6);
    }),
    { seed: 10, numRuns: 100 },
  );
});
