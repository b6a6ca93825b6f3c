import assert from "node:assert/strict";
import fc from "fast-check";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { resample } from "../../src/audio/resample.ts";
import {
  RESAMPLE_QUALITIES,
  type ResampleOptions,
  type ResampleQuality,
  resolveResampleOptions,
} from "../../src/audio/resample_options.ts";
import { assertLikeLibrosa } from "./librosa_time.ts";
import { timeSignal } from "./time_signals.ts";

const dsp = await loadDsp();
const qualities = Object.keys(RESAMPLE_QUALITIES) as ResampleQuality[];
const ratios = [
  [48000, 8000],
  [48000, 16000],
  [44100, 8000],
  [44100, 16000],
  [22050, 8000],
  [22050, 16000],
  [32000, 16000],
  [16000, 8000],
  [8000, 16000],
  [8000, 11025],
  [44100, 48000],
];

function tone(frequency: number, rate: number, length: number): Float32Array<ArrayBuffer> {
  const step = 2 * Math.PI * frequency / rate;
  return Float32Array.from({ length }, (_, t) => Math.cos(step * t + 0.3));
}

/** The samples that do not depend on what lies beyond the ends. */
function inner(samples: Float32Array, { up, down, reach }: ReturnType<typeof design>) {
  const margin = Math.ceil((reach + 1) * up / down);
  assert.ok(samples.length > 2 * margin + 100);
  return { from: margin, to: samples.length - margin };
}

function design(from: number, to: number, quality: ResampleQuality) {
  return resolveResampleOptions({ from, to, quality });
}

Deno.test("resample() equals scipy.signal.resample_poly with the same filter", () => {
  assertLikeLibrosa("resample", 30, { relative: 1e-6, ofPeak: 1e-6 }, (samples, options) => {
    const data = resample(dsp, samples, options as unknown as ResampleOptions);
    return { data, shape: [data.length] };
  });
});

Deno.test("resample() equals soxr in the pass band", () => {
  // soxr_hq is designed for 20 bits, and the tones are made of 16-bit numbers.
  assertLikeLibrosa("soxr", 3, { relative: 0, ofPeak: 1e-5 }, (samples, options) => {
    const data = resample(dsp, samples, options as unknown as ResampleOptions);
    return { data, shape: [data.length] };
  });
});

for (const quality of qualities) {
  const { passBand, ripple, stopBand } = RESAMPLE_QUALITIES[quality];

  Deno.test(`resample() keeps tones of the pass band as stated for "${quality}"`, () => {
    for (const [from, to] of ratios) {
      const settings = design(from, to, quality);
      const nyquist = Math.min(from, to) / 2;
      const length = 4 * settings.reach + Math.ceil(1000 * settings.down / settings.up);
      for (let i = 0; i <= 24; i++) {
        const frequency = i / 24 * passBand * nyquist;
        const data = resample(dsp, tone(frequency, from, length), { from, to, quality });
        const expected = tone(frequency, to, data.length);
        const range = inner(data, settings);
        // The same phase too: no delay. What is left over counts as a change of level.
        let error = 0;
        for (let t = range.from; t < range.to; t++) {
          error = Math.max(error, Math.abs(data[t] - expected[t]));
        }
        const change = 20 * Math.log10(1 + error);
        assert.ok(change < ripple, `${from} to ${to}, ${frequency} Hz: ${change} dB`);
      }
    }
  });

  Deno.test(`resample() removes what would alias as stated for "${quality}"`, () => {
    for (const [from, to] of ratios.filter(([from, to]) => from > to)) {
      const settings = design(from, to, quality);
      const length = 4 * settings.reach + Math.ceil(1000 * settings.down / settings.up);
      for (let i = 0; i <= 40; i++) {
        const frequency = to / 2 + i / 40 * (from - to) / 2;
        const data = resample(dsp, tone(frequency, from, length), { from, to, quality });
        const range = inner(data, settings);
        const peak = data.subarray(range.from, range.to).reduce(
          (peak, value) => Math.max(peak, Math.abs(value)),
          0,
        );
        const level = 20 * Math.log10(peak);
        assert.ok(level < -stopBand, `${from} to ${to}, ${frequency} Hz: ${level} dB`);
      }
    }
  });

  Deno.test(`resample() keeps a constant and makes no delay with "${quality}"`, () => {
    for (const [from, to] of ratios) {
      const settings = design(from, to, quality);
      const length = 4 * settings.reach + Math.ceil(1000 * settings.down / settings.up);
      const data = resample(dsp, new Float32Array(length).fill(0.7), { from, to, quality });
      const range = inner(data, settings);
      for (let t = range.from; t < range.to; t++) assert.ok(Math.abs(data[t] - 0.7) < 1e-6);

      // Linear phase: the response to a click is symmetric about the click.
      const click = new Float32Array(2 * settings.reach * settings.down + 1);
      click[settings.reach * settings.down] = 1;
      const response = resample(dsp, click, { from, to, quality });
      const middle = settings.reach * settings.up;
      for (let t = 1; t <= Math.min(middle, 500); t++) {
        assert.ok(Math.abs(response[middle + t] - response[middle - t]) < 1e-7);
      }
    }
  });
}

Deno.test("resample() gives ceil(n to / from) samples for any ratio and length", () => {
  const rates = fc.constantFrom(8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 999);
  fc.assert(
    fc.property(rates, rates, fc.integer({ min: 1, max: 2000 }), (from, to, length) => {
      const data = resample(dsp, new Float32Array(length).fill(0.1), { from, to, quality: "fast" });
      assert.equal(data.length, Math.ceil(length * to / from));
      assert.ok(data.every((value) => Math.abs(value) < 0.2));
    }),
    { seed: 4, numRuns: 60 },
  );
});

Deno.test("resample() returns equal samples in a new array when the rates are equal", () => {
  const samples = timeSignal("noise");
  const same = resample(dsp, samples, { from: 16000, to: 16000 });
  assert.deepEqual(same, samples);
  assert.notEqual(same, samples);
});

Deno.test("resample() throws for samples it cannot use", () => {
  const options = { from: 48000, to: 8000 };
  assert.throws(() => resample(dsp, new Float32Array(0), options), AudioInputError);
  assert.throws(() => resample(dsp, new Float32Array([NaN]), options), AudioInputError);
  assert.throws(
    () => resample(dsp, new Float32Array(2 ** 20), { from: 1, to: 2 ** 10 }),
    (error) => error instanceof AudioInputError && /too many for one call/.test(error.message),
  );
});

Deno.test("resample() throws for impossible options and names them", () => {
  const wrong: [string, Partial<Record<keyof ResampleOptions, unknown>>][] = [
    ["from", { from: 0 }],
    ["from", { from: 44100.5 }],
    ["from", { from: "48000" }],
    ["to", { to: -8000 }],
    ["to", { to: undefined }],
    ["to", { from: 16777213, to: 16777199 }],
    ["quality", { quality: "best" }],
  ];
  for (const [option, options] of wrong) {
    assert.throws(
      () =>
        resample(
          dsp,
          new Float32Array(9),
          { from: 48000, to: 8000, ...options } as ResampleOptions,
        ),
      (error) => error instanceof AudioOptionError && error.option === option,
      JSON.stringify(options),
    );
  }
});
