import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { yin, type YinOptions } from "../../src/audio/yin.ts";
import { Random } from "../../src/numeric/random.ts";
import { assertLikeLibrosa } from "./librosa_time.ts";
import { speechTest } from "./real_speech.ts";
import { referenceYin } from "./reference_time.ts";

const dsp = await loadDsp();
const VOICE = { sampleRate: 8000, fMin: 60, fMax: 500 };

Deno.test("yin() equals librosa on every signal", () => {
  assertLikeLibrosa("yin", 30, { relative: 1e-6 }, (samples, options) => {
    const { data, nFrames } = yin(dsp, samples, options as unknown as YinOptions);
    return { data, shape: [nFrames] };
  });
});

Deno.test("yin() equals a plain implementation for frames of any length", () => {
  const random = new Random(11);
  const samples = Float32Array.from({ length: 1500 }, () => random.normal());
  for (let frameLength = 40; frameLength < 340; frameLength += 23) {
    const settings = {
      sampleRate: 8000,
      fMin: random.uniform(8000 / (frameLength - 1) + 1, 900),
      fMax: random.uniform(1000, 4000),
      frameLength,
      hopLength: 1 + random.int(200),
      troughThreshold: random.uniform(0.05, 1),
    };
    const expected = referenceYin(samples, settings);
    const { data, nFrames } = yin(dsp, samples, { ...settings, center: false });
    assert.equal(nFrames, expected.length);
    expected.forEach((value, i) => assert.ok(Math.abs(data[i] / value - 1) < 1e-6));
  }
});

Deno.test("yin() finds the frequency of a tone, whatever its level and offset", () => {
  for (const frequency of [70, 123.4, 220, 441]) {
    for (const [level, offset] of [[1, 0], [1e-6, 0], [0.01, 0.5]]) {
      const tone = Float32Array.from(
        { length: 8000 },
        (_, t) => offset + level * Math.cos(2 * Math.PI * frequency * t / 8000),
      );
      const { data } = yin(dsp, tone, { ...VOICE, center: false });
      // The offset itself is a difference that grows with the lag: librosa keeps it in.
      if (offset === 0) {
        for (const value of data) assert.ok(Math.abs(value / frequency - 1) < 5e-3, `${value}`);
      }
      const settings = { ...VOICE, frameLength: 2048, hopLength: 512, troughThreshold: 0.1 };
      referenceYin(tone, settings).forEach((value, i) =>
        assert.ok(Math.abs(data[i] / value - 1) < 1e-5, `${frequency}, ${level}, ${offset}`)
      );
    }
  }
});

Deno.test("yin() takes the shortest lag where all are equally good", () => {
  const shortest = 8000 / Math.floor(8000 / 500);
  for (const value of yin(dsp, new Float32Array(4000), VOICE).data) assert.equal(value, shortest);
  const click = new Float32Array(2048);
  for (const at of [500, 1023, 1400, 1900]) {
    click.fill(0).fill(1 / 32768, at, at + 1);
    assert.equal(yin(dsp, click, { ...VOICE, center: false }).data[0], shortest);
  }
});

Deno.test("yin() keeps the core's memory flat over 300 calls", async () => {
  const own = await loadDsp();
  const random = new Random(2);
  const samples = Float32Array.from({ length: 2000 }, () => random.normal());
  yin(own, samples, VOICE);
  const before = own.memoryBytes;
  for (let i = 0; i < 300; i++) yin(own, samples, VOICE);
  assert.equal(own.memoryBytes, before);
});

await speechTest(
  "yin() equals a plain implementation on real recordings",
  16000,
  (samples, actor) => {
    const settings = {
      sampleRate: 16000,
      fMin: 60,
      fMax: 500,
      frameLength: 1024,
      hopLength: 512,
      troughThreshold: 0.1,
    };
    const expected = referenceYin(samples, settings);
    const { data, nFrames } = yin(dsp, samples, { ...settings, center: false });
    assert.equal(nFrames, expected.length);
    expected.forEach((value, i) => {
      assert.ok(Math.abs(data[i] / value - 1) < 1e-5, `actor ${actor}, frame ${i}`);
    });
  },
);

Deno.test("yin() throws for samples it cannot use", () => {
  assert.throws(() => yin(dsp, new Float32Array(0), VOICE), AudioInputError);
  assert.throws(() => yin(dsp, new Float32Array(5000).fill(NaN), VOICE), AudioInputError);
  assert.throws(
    () => yin(dsp, new Float32Array(2047), { ...VOICE, center: false }),
    (error) => error instanceof AudioInputError && /too few for one frame/.test(error.message),
  );
});

Deno.test("yin() throws for impossible options and names them", () => {
  const wrong: [string, Partial<Record<keyof YinOptions, unknown>>][] = [
    ["sampleRate", { sampleRate: 0 }],
    ["sampleRate", { sampleRate: undefined }],
    ["fMin", { fMin: 0 }],
    ["fMin", { fMin: -5 }],
    ["fMin", { fMin: NaN }],
    ["fMin", { fMin: undefined }],
    ["fMin", { fMin: 500 }],
    ["fMin", { frameLength: 100 }],
    ["fMax", { fMax: 4001 }],
    ["fMax", { fMax: "500" }],
    ["frameLength", { frameLength: 2 }],
    ["hopLength", { hopLength: 0 }],
    ["troughThreshold", { troughThreshold: 0 }],
    ["center", { center: "yes" }],
    ["padMode", { padMode: "none" }],
  ];
  for (const [option, options] of wrong) {
    assert.throws(
      () => yin(dsp, new Float32Array(5000), { ...VOICE, ...options } as YinOptions),
      (error) => error instanceof AudioOptionError && error.option === option,
      JSON.stringify(options),
    );
  }
});
