import assert from "node:assert/strict";
import fc from "fast-check";
import { AudioInputError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { resample } from "../../src/audio/resample.ts";
import { nearbyRate, resolveResampleOptions } from "../../src/audio/resample_options.ts";
import { StreamingResampler } from "../../src/audio/streaming_resampler.ts";

const dsp = await loadDsp();

function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return state / 2 ** 30 - 1;
  });
}

function join(parts: readonly Float32Array[]): number[] {
  return parts.flatMap((part) => [...part]);
}

Deno.test("StreamingResampler gives resample()'s samples bit for bit, however the sound is cut", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(48000, 44100, 22050, 16000, 11025, 8000, 7350, 96000, 44056),
      fc.constantFrom(8000, 16000),
      fc.integer({ min: 1, max: 9000 }),
      fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 12 }),
      fc.integer({ min: 1, max: 1e6 }),
      (from, to, length, cuts, seed) => {
        const sound = noise(length, seed);
        const resampler = new StreamingResampler(dsp, { from, to });
        const parts: Float32Array[] = [];
        let at = 0;
        for (const cut of cuts) {
          parts.push(resampler.push(sound.subarray(at, at + cut)));
          at = Math.min(length, at + cut);
        }
        parts.push(resampler.push(sound.subarray(at)), resampler.flush());
        assert.deepEqual(join(parts), [...resample(dsp, sound, { from, to })]);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("StreamingResampler computes a push of many blocks, and begins anew after flush()", () => {
  const sound = noise(700_000, 3);
  const options = { from: 48000, to: 8000 };
  const whole = resample(dsp, sound, options);
  const resampler = new StreamingResampler(dsp, options);
  for (let turn = 0; turn < 2; turn++) {
    const head = resampler.push(sound);
    const tail = resampler.flush();
    assert.equal(head.length + tail.length, whole.length);
    assert.deepEqual(head, whole.subarray(0, head.length));
    assert.deepEqual(tail, whole.subarray(head.length));
  }
});

Deno.test("StreamingResampler refuses a sample that is not a number, and names it", () => {
  const resampler = new StreamingResampler(dsp, { from: 16000, to: 8000 });
  resampler.push(new Float32Array(1000));
  assert.throws(
    () => resampler.push(Float32Array.of(0, Infinity)),
    (error) => error instanceof AudioInputError && /sample 1001 is Infinity/.test(error.message),
  );
  assert.equal(join([resampler.push(new Float32Array(10)), resampler.flush()]).length > 0, true);
});

Deno.test("nearbyRate() finds a rate that can be resampled within 100 parts in a million", () => {
  for (const from of [8001, 11024, 47999, 48001, 96001, 191_999, 191_961]) {
    const rate = nearbyRate(from, 8000);
    assert.ok(Math.abs(rate / from - 1) <= 1.1e-4, `${from} as ${rate}`);
    resolveResampleOptions({ from: rate, to: 8000 });
  }
});
