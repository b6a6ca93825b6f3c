import assert from "node:assert/strict";
import { AudioInputError, AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { mfccBatch } from "../../src/audio/mfcc_batch.ts";
import { StreamingMfcc } from "../../src/audio/streaming_mfcc.ts";
import { Random } from "../../src/numeric/random.ts";

const dsp = await loadDsp();
const textbook = { sampleRate: 8000, preset: "textbook" } as const;

function noise(length: number, seed = 1): Float32Array<ArrayBuffer> {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => 0.1 * random.normal());
}

Deno.test("mfccBatch() equals mfcc() to the bit for clips of different lengths", () => {
  const clips = [3000, 1, 8000, 2500, 8000].map(noise);
  for (const options of [{ sampleRate: 8000 }, textbook]) {
    let at = 0;
    for (const result of mfccBatch(dsp, clips, options)) {
      const expected = mfcc(dsp, clips[at++], options);
      assert.deepEqual([result.nMfcc, result.nFrames], [expected.nMfcc, expected.nFrames]);
      assert.deepEqual(result.data.slice(), expected.data);
    }
    assert.equal(at, clips.length);
  }
});

Deno.test("mfccBatch() takes clips as they are asked for and writes all into one buffer", () => {
  let taken = 0;
  const clips = function* () {
    for (const length of [4000, 200, 4000, 1000]) {
      taken++;
      yield noise(length);
    }
  };
  const buffers = new Set<ArrayBufferLike>();
  let given = 0;
  for (const { data } of mfccBatch(dsp, clips(), textbook)) {
    assert.equal(taken, ++given);
    buffers.add(data.buffer);
  }
  assert.equal(given, 4);
  assert.equal(buffers.size, 1);
});

Deno.test("mfccBatch() throws at once for options and at the clip for samples", () => {
  assert.throws(() => mfccBatch(dsp, [], { sampleRate: 8000, hopLength: 0 }), AudioOptionError);
  const results = mfccBatch(dsp, [noise(200), new Float32Array(0)], textbook);
  assert.equal(results.next().done, false);
  assert.throws(() => results.next(), AudioInputError);
});

Deno.test("mfcc(), mfccBatch() and StreamingMfcc keep memory flat over 100,000 calls", async () => {
  const own = await loadDsp();
  const samples = noise(280);
  const streaming = new StreamingMfcc(own, textbook);
  const buffers = new Set<ArrayBufferLike>();
  const round = (calls: number) => {
    const clips = Array.from({ length: calls }, () => samples);
    for (const { data } of mfccBatch(own, clips, textbook)) buffers.add(data.buffer);
    for (let i = 0; i < calls; i++) {
      mfcc(own, samples, textbook);
      streaming.push(samples);
    }
  };
  round(10);
  const before = own.memoryBytes;
  buffers.clear();
  round(100_000);
  assert.equal(own.memoryBytes, before);
  assert.equal(buffers.size, 1);
});
