import assert from "node:assert/strict";
import type { Dsp } from "../../src/audio/dsp.ts";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import type { SpectralInput } from "../../src/audio/spectral_input.ts";
import { spectrogram } from "../../src/audio/spectrogram.ts";
import type { StftOptions } from "../../src/audio/stft_options.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertLikeLibrosa, type Tolerance } from "./librosa_spectral.ts";

/** A feature of spectral shape. */
type Feature<Options> = (
  dsp: Dsp,
  input: SpectralInput,
  options: Options,
) => { data: Float32Array; nFrames: number };

/** What is known of a feature. */
interface Expectation {
  /** How many results of librosa there are at least. */
  readonly atLeast: number;
  /** How far the feature may be from them. */
  readonly tolerance: Tolerance;
  /** Options beyond the sample rate that 8 kHz needs. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Names and values of impossible options. */
  readonly wrong: readonly (readonly [string, unknown])[];
}

const SAMPLE_RATE = 8000;

/** Declares the tests that all features of spectral shape have in common. */
export function testSpectralFeature<Options extends StftOptions>(
  feature: Feature<Options>,
  { atLeast, tolerance, options = {}, wrong }: Expectation,
): void {
  const name = `${feature.name}()`;
  const random = new Random(12);
  const noise = Float32Array.from({ length: 5000 }, () => random.normal());
  const compute = (dsp: Dsp, input: SpectralInput, more: Record<string, unknown> = {}) =>
    feature(dsp, input, { sampleRate: SAMPLE_RATE, ...options, ...more } as unknown as Options);

  Deno.test(`${name} equals librosa on every signal`, async () => {
    const dsp = await loadDsp();
    assertLikeLibrosa(feature.name, atLeast, tolerance, (samples, { sampleRate, options }) => {
      const given = { sampleRate, ...options } as unknown as Options;
      const { data, nFrames } = feature(dsp, samples, given);
      return { data, shape: [data.length / nFrames, nFrames] };
    });
  });

  Deno.test(`${name} of a spectrogram equals that of the samples`, async () => {
    const dsp = await loadDsp();
    for (const frames of [{ nFft: 2048, hopLength: 512 }, { nFft: 512, hopLength: 77 }]) {
      const magnitudes = spectrogram(dsp, noise, frames);
      assert.deepEqual(compute(dsp, magnitudes), compute(dsp, noise, frames));
    }
  });

  Deno.test(`${name} gives a frame the same bits however many frames there are`, async () => {
    const dsp = await loadDsp();
    const magnitudes = spectrogram(dsp, noise, { nFft: 1024, hopLength: 500 });
    const { nBins, nFrames } = magnitudes;
    // Levels below a loudest one hang on the other frames: this one goes first.
    const all = compute(dsp, magnitudes, "nBands" in options ? { linear: true } : {});
    for (let frames = 1; frames < nFrames; frames++) {
      const data = new Float32Array(nBins * frames);
      for (let k = 0; k < nBins; k++) {
        data.set(magnitudes.data.subarray(k * nFrames, k * nFrames + frames), k * frames);
      }
      const some = compute(
        dsp,
        { data, nBins, nFrames: frames },
        "nBands" in options ? { linear: true } : {},
      );
      for (let row = 0; row < all.data.length / nFrames; row++) {
        assert.deepEqual(
          some.data.subarray(row * frames, (row + 1) * frames),
          all.data.subarray(row * nFrames, row * nFrames + frames),
        );
      }
    }
  });

  Deno.test(`${name} keeps the core's memory flat`, async () => {
    const dsp = await loadDsp();
    const magnitudes = spectrogram(dsp, noise);
    const call = () => [compute(dsp, noise), compute(dsp, magnitudes)];
    call();
    const before = dsp.memoryBytes;
    for (let i = 0; i < 100; i++) call();
    assert.equal(dsp.memoryBytes, before);
  });

  Deno.test(`${name} throws for samples and spectrograms it cannot use`, async () => {
    const dsp = await loadDsp();
    const bad: unknown[] = [
      new Float32Array(0),
      new Float32Array([0, NaN]),
      new Float32Array([0, Infinity]),
      [1, 2, 3],
      null,
      { data: new Float32Array(10), nBins: 3, nFrames: 3 },
      { data: new Float32Array(10), nBins: 1, nFrames: 10 },
      { data: new Float32Array(10).fill(-1), nBins: 5, nFrames: 2 },
      { data: new Float32Array(10).fill(NaN), nBins: 5, nFrames: 2 },
      { data: new Float32Array(0), nBins: 5, nFrames: 0 },
      { data: [1, 2, 3, 4], nBins: 2, nFrames: 2 },
    ];
    for (const input of bad) {
      assert.throws(() => compute(dsp, input as SpectralInput), AudioInputError);
    }
    const short = noise.subarray(0, 2047);
    assert.throws(() => compute(dsp, short, { center: false }), /2047 samples are too few/);
  });

  Deno.test(`${name} throws for impossible options and names them`, async () => {
    const dsp = await loadDsp();
    for (const [option, value] of [...wrong, ["hopLength", 0], ["window", "x"]] as const) {
      assert.throws(
        () => compute(dsp, noise, { [option]: value }),
        (error) => error instanceof AudioOptionError && error.option === option,
        `${option} ${value}`,
      );
    }
    assert.throws(
      () => compute(dsp, spectrogram(dsp, noise), { hopLength: 512 }),
      (error) => error instanceof AudioOptionError && /made already/.test(error.message),
    );
  });
}
