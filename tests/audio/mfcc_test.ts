import assert from "node:assert/strict";
import fc from "fast-check";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { type MfccOptions, resolveMfccOptions } from "../../src/audio/mfcc_options.ts";
import { Random } from "../../src/numeric/random.ts";
import { maxDifference, readReference, readWav } from "./fixtures.ts";
import { speechTest } from "./real_speech.ts";
import { referenceMfcc } from "./reference_mfcc.ts";

const dsp = await loadDsp();

/** The project's bound on the difference from librosa; measured differences are below 3e-4. */
const TOLERANCE = 2e-3;

function noise(length: number, seed = 1): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => 0.1 * random.normal());
}

for (const name of ["sweep", "voice", "loud"]) {
  Deno.test(`mfcc() equals librosa on "${name}"`, () => {
    const { shape, data } = readReference(`${name}/librosa`);
    const actual = mfcc(dsp, readWav(name), { sampleRate: 8000 });
    assert.deepEqual([actual.nMfcc, actual.nFrames], shape);
    assert.ok(maxDifference(actual.data, data) < TOLERANCE);
  });

  Deno.test(`mfcc() equals python_speech_features on "${name}" with the textbook preset`, () => {
    const { shape, data } = readReference(`${name}/textbook`);
    const actual = mfcc(dsp, readWav(name), { sampleRate: 8000, preset: "textbook" });
    assert.deepEqual([actual.nMfcc, actual.nFrames], shape);
    assert.ok(maxDifference(actual.data, data) < TOLERANCE);
  });
}

Deno.test("mfcc() equals librosa with other settings", () => {
  const { shape, data } = readReference("loud/librosa-16k");
  const actual = mfcc(dsp, readWav("loud"), {
    sampleRate: 16000,
    nFft: 512,
    winLength: 400,
    hopLength: 160,
    nMels: 40,
    fMin: 50,
    fMax: 7000,
    nMfcc: 13,
    topDb: 30,
  });
  assert.deepEqual([actual.nMfcc, actual.nFrames], shape);
  assert.ok(maxDifference(actual.data, data) < TOLERANCE);
});

Deno.test("mfcc() derives the textbook's lengths from the sample rate", () => {
  const { shape, data } = readReference("loud/textbook-16k");
  const actual = mfcc(dsp, readWav("loud"), { sampleRate: 16000, preset: "textbook" });
  assert.deepEqual([actual.nMfcc, actual.nFrames], shape);
  assert.ok(maxDifference(actual.data, data) < TOLERANCE);
});

Deno.test("mfcc() gives 40 x 63 values for four seconds at 8 kHz", () => {
  const { data, nMfcc, nFrames } = mfcc(dsp, noise(32000), { sampleRate: 8000 });
  assert.deepEqual([nMfcc, nFrames, data.length], [40, 63, 2520]);
});

Deno.test("mfcc() equals a plain double-precision implementation for any settings", () => {
  const settings = fc.record({
    preset: fc.constantFrom("librosa" as const, "textbook" as const),
    log2Fft: fc.integer({ min: 6, max: 11 }),
    winPart: fc.double({ min: 0.3, max: 1, noNaN: true }),
    hopLength: fc.integer({ min: 30, max: 400 }),
    nMels: fc.integer({ min: 1, max: 40 }),
    nMfcc: fc.integer({ min: 1, max: 40 }),
    fMin: fc.integer({ min: 0, max: 500 }),
    fMax: fc.integer({ min: 3000, max: 8000 }),
    length: fc.integer({ min: 1, max: 3000 }),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(settings, ({ log2Fft, winPart, length, seed, nMfcc, ...rest }) => {
      const options: MfccOptions = {
        ...rest,
        sampleRate: 16000,
        nFft: 2 ** log2Fft,
        winLength: Math.ceil(winPart * 2 ** log2Fft),
        nMfcc: Math.min(nMfcc, rest.nMels),
      };
      const samples = noise(length, seed);
      const actual = mfcc(dsp, samples, options);
      const expected = referenceMfcc(samples, resolveMfccOptions(options));
      assert.equal(actual.nFrames, expected.nFrames);
      const difference = maxDifference(actual.data, expected.data);
      assert.ok(difference < TOLERANCE, `they differ by ${difference}`);
    }),
    { seed: 2, numRuns: 60 },
  );
});

Deno.test("mfcc() reaches its bound with every transform length", () => {
  const samples = noise(20000);
  for (let nFft = 64; nFft <= 8192; nFft *= 2) {
    const options = { sampleRate: 8000, nFft, nMels: 20, nMfcc: 20, hopLength: 4000 };
    const expected = referenceMfcc(samples, resolveMfccOptions(options));
    const difference = maxDifference(mfcc(dsp, samples, options).data, expected.data);
    assert.ok(difference < TOLERANCE, `nFft ${nFft}: they differ by ${difference}`);
  }
});

Deno.test("mfcc() gives finite, equal frames for digital silence", () => {
  for (const preset of ["librosa", "textbook"] as const) {
    const { data, nMfcc, nFrames } = mfcc(dsp, new Float32Array(32000), {
      sampleRate: 8000,
      preset,
    });
    // No energy counts as -100 dB in librosa and as the logarithm of 2^-52 in the textbook.
    const nothing = preset === "librosa" ? -100 : -52 * Math.LN2;
    const nMels = preset === "librosa" ? 128 : 26;
    for (let k = 0; k < nMfcc; k++) {
      const expected = k === 0 ? nothing * Math.sqrt(nMels) : 0;
      for (let t = 0; t < nFrames; t++) {
        assert.ok(Math.abs(data[k * nFrames + t] - expected) < TOLERANCE, `${preset} ${k} ${t}`);
      }
    }
  }
});

Deno.test("mfcc() limits the range to topDb below the loudest value", () => {
  const samples = noise(16000).map((value, t) => value * 10 ** (-t / 4000));
  const all = { sampleRate: 8000, nFft: 512, hopLength: 256, nMels: 32, nMfcc: 32 };
  for (const topDb of [0, 20, 60, Infinity]) {
    const expected = referenceMfcc(samples, resolveMfccOptions({ ...all, topDb }));
    const { data, nFrames } = mfcc(dsp, samples, { ...all, topDb });
    assert.ok(maxDifference(data, expected.data) < TOLERANCE, `topDb ${topDb}`);
    // Without any range all frames are flat: only coefficient 0 is left.
    const flat = data.subarray(nFrames).every((value) => Math.abs(value) < TOLERANCE);
    assert.equal(flat, topDb === 0);
  }
});

Deno.test("mfcc() gives the same bits on every call", () => {
  const samples = noise(32000);
  const first = mfcc(dsp, samples, { sampleRate: 8000 });
  mfcc(dsp, noise(9000, 2), { sampleRate: 16000, preset: "textbook" });
  assert.deepEqual(mfcc(dsp, samples, { sampleRate: 8000 }), first);
});

Deno.test("mfcc() gives a frame the same bits however many frames there are", () => {
  const options = { sampleRate: 8000, preset: "textbook" } as const;
  const samples = noise(200 + 80 * 8);
  const all = mfcc(dsp, samples, options);
  assert.equal(all.nFrames, 9);
  for (let frames = 1; frames <= 9; frames++) {
    const some = mfcc(dsp, samples.subarray(0, 200 + 80 * (frames - 1)), options);
    assert.equal(some.nFrames, frames);
    for (let k = 0; k < 13; k++) {
      assert.deepEqual(
        some.data.subarray(k * frames, (k + 1) * frames),
        all.data.subarray(k * 9, k * 9 + frames),
      );
    }
  }
});

Deno.test("mfcc() leaves the samples as they are and accepts a view into a larger array", () => {
  const samples = noise(5000);
  const copy = samples.slice();
  const part = mfcc(dsp, samples.subarray(1001, 4001), { sampleRate: 8000, preset: "textbook" });
  assert.deepEqual(samples, copy);
  const same = mfcc(dsp, samples.slice(1001, 4001), { sampleRate: 8000, preset: "textbook" });
  assert.deepEqual(part, same);
});

Deno.test("mfcc() keeps the core's memory flat over 1000 calls", async () => {
  const own = await loadDsp();
  const samples = noise(32000);
  const call = () => {
    mfcc(own, samples, { sampleRate: 8000 });
    mfcc(own, samples, { sampleRate: 8000, preset: "textbook" });
  };
  call();
  const before = own.memoryBytes;
  for (let i = 0; i < 500; i++) call();
  assert.equal(own.memoryBytes, before);
});

Deno.test("mfcc() keeps the core's memory bounded over many different settings", async () => {
  const own = await loadDsp();
  const samples = noise(4000);
  const call = (fMax: number) => mfcc(own, samples, { sampleRate: 8000, fMax, nMels: 40 });
  for (let i = 0; i < 40; i++) call(4000 - i);
  const before = own.memoryBytes;
  for (let i = 40; i < 200; i++) call(4000 - i);
  assert.equal(own.memoryBytes, before);
  assert.deepEqual(call(4000), mfcc(dsp, samples, { sampleRate: 8000, fMax: 4000, nMels: 40 }));
});

Deno.test("mfcc() throws for samples it cannot use", () => {
  const samples = noise(1000);
  assert.throws(
    () => mfcc(dsp, new Float32Array(0), { sampleRate: 8000 }),
    (error) => error instanceof AudioInputError && /no samples/.test(error.message),
  );
  for (const value of [NaN, Infinity, -Infinity, 1e30]) {
    samples[700] = value;
    assert.throws(
      () => mfcc(dsp, samples, { sampleRate: 8000 }),
      (error) => error instanceof AudioInputError && /sample 700 is/.test(error.message),
    );
  }
});

Deno.test("mfcc() throws when the frames would need more memory than there is", () => {
  const long = new Float32Array(1_000_000);
  const dense = { sampleRate: 8000, nFft: 64, hopLength: 1, nMels: 512 };
  assert.throws(
    () => mfcc(dsp, long, dense),
    (error) => error instanceof AudioInputError && /cut them into parts/.test(error.message),
  );
});

const wrongOptions: [string, MfccOptions][] = [
  ["sampleRate", { sampleRate: 0 }],
  ["sampleRate", { sampleRate: NaN }],
  ["sampleRate", { sampleRate: Infinity }],
  ["preset", { sampleRate: 8000, preset: "kaldi" as "librosa" }],
  ["nFft", { sampleRate: 8000, nFft: 1000 }],
  ["nFft", { sampleRate: 8000, nFft: 32 }],
  ["nFft", { sampleRate: 8000, nFft: 16384 }],
  ["nFft", { sampleRate: 400000, preset: "textbook" }],
  ["winLength", { sampleRate: 8000, winLength: 2049 }],
  ["winLength", { sampleRate: 8000, winLength: 1 }],
  ["winLength", { sampleRate: 8000, preset: "textbook", nFft: 128 }],
  ["hopLength", { sampleRate: 8000, hopLength: 0 }],
  ["hopLength", { sampleRate: 8000, hopLength: 1.5 }],
  ["winLength", { sampleRate: 40, preset: "textbook" }],
  ["nMels", { sampleRate: 8000, nMels: 0 }],
  ["nMels", { sampleRate: 8000, nMels: 513 }],
  ["nMfcc", { sampleRate: 8000, nMfcc: 129 }],
  ["nMfcc", { sampleRate: 8000, nMfcc: 0 }],
  ["fMin", { sampleRate: 8000, fMin: -1 }],
  ["fMin", { sampleRate: 8000, fMin: 4000 }],
  ["fMin", { sampleRate: 8000, fMin: NaN }],
  ["fMax", { sampleRate: 8000, fMax: 4001 }],
  ["topDb", { sampleRate: 8000, topDb: -1 }],
  ["topDb", { sampleRate: 8000, topDb: NaN }],
  ["preEmphasis", { sampleRate: 8000, preset: "textbook", preEmphasis: 1.1 }],
];

Deno.test("mfcc() throws for impossible options and names them", () => {
  const samples = noise(1000);
  for (const [option, options] of wrongOptions) {
    assert.throws(
      () => mfcc(dsp, samples, options),
      (error) =>
        error instanceof AudioOptionError && error.option === option &&
        error.message.startsWith(`${option} is `),
      JSON.stringify(options),
    );
  }
});

await speechTest(
  "mfcc() equals a plain double-precision implementation on real recordings",
  8000,
  (speech, actor) => {
    const samples = new Float32Array(32000);
    samples.set(speech.subarray(0, 32000));
    for (const preset of ["librosa", "textbook"] as const) {
      const options = { sampleRate: 8000, preset };
      const expected = referenceMfcc(samples, resolveMfccOptions(options));
      const difference = maxDifference(mfcc(dsp, samples, options).data, expected.data);
      assert.ok(difference < TOLERANCE, `actor ${actor}, ${preset}: ${difference}`);
    }
  },
);
