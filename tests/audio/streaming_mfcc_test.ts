import assert from "node:assert/strict";
import fc from "fast-check";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { joinMfccFrames } from "../../src/audio/join_mfcc_frames.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { MfccStream } from "../../src/audio/mfcc_stream.ts";
import { type MfccStreamOptions, StreamingMfcc } from "../../src/audio/streaming_mfcc.ts";
import { Random } from "../../src/numeric/random.ts";

const dsp = await loadDsp();

function noise(length: number, seed = 1): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => 0.1 * random.normal());
}

/** `samples` cut at `cuts`, positions in any order. */
function cut(samples: Float32Array, cuts: readonly number[]): Float32Array[] {
  const places = [0, ...cuts.toSorted((a, b) => a - b), samples.length];
  return places.slice(1).map((end, i) => samples.subarray(places[i], end));
}

/** The frames of all parts, joined; checks that they count up. */
function stream(streaming: StreamingMfcc, parts: readonly Float32Array[]) {
  const frames = [...parts.map((part) => streaming.push(part)), streaming.flush()];
  let first = 0;
  for (const { firstFrame, nFrames } of frames) {
    assert.equal(firstFrame, first);
    first += nFrames;
  }
  return joinMfccFrames(frames);
}

const librosa = { sampleRate: 8000, topDb: Infinity } as const;
const textbook = { sampleRate: 8000, preset: "textbook" } as const;

Deno.test("StreamingMfcc equals mfcc() to the bit for any settings, length and cutting", () => {
  const settings = fc.record({
    preset: fc.constantFrom("librosa" as const, "textbook" as const),
    log2Fft: fc.integer({ min: 6, max: 9 }),
    winPart: fc.double({ min: 0.3, max: 1, noNaN: true }),
    // Up to frames with gaps between them.
    hopLength: fc.integer({ min: 1, max: 700 }),
    nMels: fc.integer({ min: 1, max: 20 }),
    preEmphasis: fc.constantFrom(0, 0.9, 0.97),
    length: fc.integer({ min: 1, max: 3000 }),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }),
    seed: fc.nat(1000),
  });
  fc.assert(
    fc.property(settings, ({ preset, log2Fft, winPart, hopLength, nMels, ...rest }) => {
      const common = {
        sampleRate: 8000,
        nFft: 2 ** log2Fft,
        winLength: Math.ceil(winPart * 2 ** log2Fft),
        hopLength: Math.max(hopLength, Math.ceil(rest.length / 300)),
        nMels,
        nMfcc: Math.ceil(nMels / 2),
      };
      const options: MfccStreamOptions = preset === "librosa"
        ? { ...common, topDb: Infinity }
        : { ...common, preset, preEmphasis: rest.preEmphasis };
      const samples = noise(rest.length, rest.seed);
      const parts = cut(samples, rest.cuts.map((part) => Math.round(part * rest.length)));
      const joined = stream(new StreamingMfcc(dsp, options), parts);
      assert.deepEqual(joined, mfcc(dsp, samples, options));
    }),
    { seed: 4, numRuns: 300 },
  );
});

Deno.test("StreamingMfcc equals mfcc() with the presets' defaults, sample by sample too", () => {
  const samples = noise(6000);
  for (const options of [librosa, textbook]) {
    const expected = mfcc(dsp, samples, options);
    for (const size of [1, 7, 160, 512, 2048, 6000]) {
      const parts = cut(samples, Array.from({ length: 6000 / size | 0 }, (_, i) => i * size));
      assert.deepEqual(stream(new StreamingMfcc(dsp, options), parts), expected);
    }
  }
});

Deno.test("StreamingMfcc gives each frame as soon as its last sample is there", () => {
  const samples = noise(2000);
  const librosaAt: number[] = [], textbookAt: number[] = [];
  for (const [options, at] of [[librosa, librosaAt], [textbook, textbookAt]] as const) {
    const streaming = new StreamingMfcc(dsp, options);
    for (let t = 0; t < 2000; t++) {
      if (streaming.push(samples.subarray(t, t + 1)).nFrames > 0) at.push(t + 1);
    }
  }
  assert.deepEqual(librosaAt, [1024, 1536]);
  assert.deepEqual(textbookAt, Array.from({ length: 23 }, (_, frame) => 200 + 80 * frame));
});

Deno.test("StreamingMfcc begins another clip after flush()", () => {
  for (const options of [librosa, textbook]) {
    const streaming = new StreamingMfcc(dsp, options);
    stream(streaming, [noise(5000, 2)]);
    const samples = noise(3000, 3);
    assert.deepEqual(stream(streaming, cut(samples, [100])), mfcc(dsp, samples, options));
  }
});

Deno.test("StreamingMfcc shares its core with other work", () => {
  const samples = noise(4000);
  const one = new StreamingMfcc(dsp, librosa), other = new StreamingMfcc(dsp, textbook);
  const frames = cut(samples, [1500, 3000]).map((part, i) => {
    // More settings than the core keeps tables for.
    for (let k = 0; k < 20; k++) mfcc(dsp, samples, { sampleRate: 8000 + 20 * i + k, nMels: 40 });
    return [one.push(part), other.push(part)];
  });
  frames.push([one.flush(), other.flush()]);
  assert.deepEqual(joinMfccFrames(frames.map(([a]) => a)), mfcc(dsp, samples, librosa));
  assert.deepEqual(joinMfccFrames(frames.map(([, b]) => b)), mfcc(dsp, samples, textbook));
});

Deno.test("StreamingMfcc keeps the core's memory bounded however long a push is", async () => {
  const own = await loadDsp();
  const streaming = new StreamingMfcc(own, textbook);
  streaming.push(noise(30_000));
  const before = own.memoryBytes;
  streaming.push(noise(300_000));
  assert.equal(own.memoryBytes, before);
});

Deno.test("StreamingMfcc throws unless librosa's topDb is Infinity", () => {
  const unsaid = { sampleRate: 8000 } as MfccStreamOptions;
  for (const options of [unsaid, { sampleRate: 8000, topDb: 80 }]) {
    assert.throws(
      () => new StreamingMfcc(dsp, options),
      (error) =>
        error instanceof AudioOptionError && error.option === "topDb" &&
        /Infinity.* in a stream/.test(error.message),
    );
  }
});

Deno.test("StreamingMfcc throws for a bad sample, names its place in the clip, and goes on", () => {
  const samples = noise(3000);
  const streaming = new StreamingMfcc(dsp, librosa);
  const parts = [streaming.push(samples.subarray(0, 1000))];
  const bad = samples.slice(1000);
  bad[5] = NaN;
  assert.throws(
    () => streaming.push(bad),
    (error) => error instanceof AudioInputError && /sample 1005 is NaN/.test(error.message),
  );
  assert.throws(() => streaming.push([0] as unknown as Float32Array), AudioInputError);
  parts.push(streaming.push(samples.subarray(1000)), streaming.flush());
  assert.deepEqual(joinMfccFrames(parts), mfcc(dsp, samples, librosa));
});

Deno.test("StreamingMfcc throws at the end of a clip without samples", () => {
  const streaming = new StreamingMfcc(dsp, textbook);
  assert.equal(streaming.push(new Float32Array(0)).nFrames, 0);
  assert.throws(
    () => streaming.flush(),
    (error) => error instanceof AudioInputError && /no samples/.test(error.message),
  );
});

Deno.test("MfccStream equals mfcc() to the bit and gives no empty frames", async () => {
  const samples = noise(7001);
  for (const options of [librosa, textbook]) {
    for (const cuts of [[], [1, 2, 3], [500, 500, 2000, 6999]]) {
      const parts = await Array.fromAsync(
        ReadableStream.from(cut(samples, cuts)).pipeThrough(new MfccStream(dsp, options)),
      );
      assert.ok(parts.every(({ nFrames }) => nFrames > 0));
      assert.deepEqual(joinMfccFrames(parts), mfcc(dsp, samples, options));
    }
  }
});

Deno.test("MfccStream fails for bad samples and for none", async () => {
  for (const chunks of [[], [new Float32Array(0)], [noise(10), new Float32Array([Infinity])]]) {
    await assert.rejects(
      Array.fromAsync(ReadableStream.from(chunks).pipeThrough(new MfccStream(dsp, librosa))),
      AudioInputError,
    );
  }
});

Deno.test("joinMfccFrames() throws for nothing and for frames that do not fit", () => {
  const part = (nMfcc: number) => ({ data: new Float32Array(nMfcc), nMfcc, nFrames: 1 });
  assert.throws(() => joinMfccFrames([]), AudioInputError);
  assert.throws(() => joinMfccFrames([part(2), part(3)]), AudioInputError);
});

Deno.test("StreamingMfcc equals mfcc() with librosa's other options, and without centring", () => {
  const samples = noise(3000);
  const parts = cut(samples, [1, 700, 701, 2500]);
  for (const hopLength of [100, 512, 700]) {
    for (const center of [true, false]) {
      const options: MfccStreamOptions = {
        ...librosa,
        nFft: 512,
        hopLength,
        center,
        window: "blackman",
        power: 1,
        scale: "htk",
        melNorm: "none",
        norm: "none",
        lifter: 22,
      };
      assert.deepEqual(stream(new StreamingMfcc(dsp, options), parts), mfcc(dsp, samples, options));
    }
  }
});

Deno.test("StreamingMfcc throws for a clip shorter than a frame that is not centred", () => {
  const streaming = new StreamingMfcc(dsp, { ...librosa, nFft: 512, center: false });
  streaming.push(noise(511));
  assert.throws(() => streaming.flush(), AudioInputError);
  assert.equal(streaming.push(noise(512)).nFrames, 1);
  assert.equal(streaming.flush().nFrames, 0);
});

Deno.test("StreamingMfcc throws for a reflection, which depends on samples to come", () => {
  const options = { ...librosa, padMode: "reflect" } as unknown as MfccStreamOptions;
  assert.throws(
    () => new StreamingMfcc(dsp, options),
    (error) => error instanceof AudioOptionError && error.option === "padMode",
  );
});
