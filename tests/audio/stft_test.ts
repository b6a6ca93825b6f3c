import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { stft } from "../../src/audio/stft.ts";
import type { StftOptions } from "../../src/audio/stft_options.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();
const random = new Random(9);
const noise = Float32Array.from({ length: 5000 }, () => random.normal());

Deno.test("stft() equals librosa on every signal", () => {
  // Rounding to f32, and of single precision's zeros to double's.
  assertLikeLibrosa(
    "stft",
    90,
    { relative: 6e-7, ofPeak: 1e-12, absolute: 1e-12 },
    (samples, one) => {
      const { re, im, nBins, nFrames } = stft(dsp, samples, one.options);
      const data = new Float32Array(2 * nBins * nFrames);
      data.set(re);
      data.set(im, re.length);
      return { data, shape: [2 * nBins, nFrames] };
    },
  );
});

Deno.test("stft() has a hop of a quarter of the window unless told otherwise", () => {
  assert.equal(stft(dsp, noise, { nFft: 512 }).nFrames, 1 + Math.floor(5000 / 128));
  assert.equal(stft(dsp, noise, { nFft: 512, winLength: 403 }).nFrames, 1 + Math.floor(5000 / 100));
});

Deno.test("stft() gives a frame the same bits however many frames there are", () => {
  const options: StftOptions = { nFft: 256, hopLength: 100, center: false };
  const all = stft(dsp, noise.subarray(0, 256 + 800), options);
  assert.equal(all.nFrames, 9);
  for (let frames = 1; frames < 9; frames++) {
    const some = stft(dsp, noise.subarray(0, 256 + 100 * (frames - 1)), options);
    assert.equal(some.nFrames, frames);
    for (const part of ["re", "im"] as const) {
      for (let k = 0; k < 129; k++) {
        const row = all[part].subarray(k * 9, k * 9 + frames);
        assert.deepEqual(some[part].subarray(k * frames, (k + 1) * frames), row);
      }
    }
  }
});

Deno.test("stft() keeps the core's memory flat", async () => {
  const own = await loadDsp();
  stft(own, noise);
  const before = own.memoryBytes;
  for (let i = 0; i < 300; i++) stft(own, noise);
  assert.equal(own.memoryBytes, before);
});

Deno.test("stft() throws for samples it cannot use", () => {
  assert.throws(() => stft(dsp, new Float32Array(0)), AudioInputError);
  assert.throws(() => stft(dsp, [1, 2] as unknown as Float32Array), AudioInputError);
  for (const value of [NaN, Infinity, 1e13]) {
    assert.throws(() => stft(dsp, new Float32Array([0, value])), AudioInputError);
  }
  assert.throws(
    () => stft(dsp, noise.subarray(0, 511), { nFft: 512, center: false }),
    (error) => error instanceof AudioInputError && /511 samples are too few/.test(error.message),
  );
  assert.throws(
    () => stft(dsp, new Float32Array(1_000_000), { hopLength: 1 }),
    (error) => error instanceof AudioInputError && /cut them into parts/.test(error.message),
  );
});

Deno.test("stft() throws for impossible options and names them", () => {
  const wrong: [string, unknown][] = [
    ["nFft", 32],
    ["nFft", 1000],
    ["nFft", 16384],
    ["nFft", "512"],
    ["hopLength", 0],
    ["hopLength", -5],
    ["hopLength", 1.5],
    ["hopLength", NaN],
    ["winLength", 1],
    ["winLength", 2049],
    ["winLength", 20.5],
    ["window", "kaiser"],
    ["window", "toString"],
    ["window", null],
    ["center", 1],
    ["padMode", "edge"],
  ];
  for (const [option, value] of wrong) {
    assert.throws(
      () => stft(dsp, noise, { [option]: value } as StftOptions),
      (error) =>
        error instanceof AudioOptionError && error.option === option &&
        error.message.startsWith(`${option} is `),
      `${option} ${value}`,
    );
  }
});
