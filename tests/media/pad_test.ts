import assert from "node:assert/strict";
import { decodeWindow } from "../../src/media/decode_options.ts";
import { padFrames, padSamples } from "../../src/media/pad.ts";

const small = { seconds: 1, fps: 3, width: 1, height: 1, sampleRate: 4 };

Deno.test("padFrames() repeats the last frame up to the window's end", () => {
  const padded = padFrames(new Uint8Array([1, 1, 1, 2, 2, 2]), small);
  assert.deepEqual([...padded], [1, 1, 1, 2, 2, 2, 2, 2, 2]);
});

Deno.test("padFrames() cuts what lies beyond the window", () => {
  const frames = Uint8Array.from({ length: 15 }, (_, i) => i);
  assert.deepEqual([...padFrames(frames, small)], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("padFrames() gives the tutorial's 120 frames of 128 x 227 by default", () => {
  assert.equal(padFrames(new Uint8Array(128 * 227 * 3)).length, 120 * 128 * 227 * 3);
});

Deno.test("padFrames() refuses no frame and half a frame", () => {
  assert.throws(() => padFrames(new Uint8Array(), small), /no frame to repeat/);
  assert.throws(() => padFrames(new Uint8Array(4), small), /not a whole number of 1 x 1 RGB/);
});

Deno.test("padSamples() appends zeros or cuts", () => {
  assert.deepEqual([...padSamples(Float32Array.of(1, 2), small)], [1, 2, 0, 0]);
  assert.deepEqual([...padSamples(Float32Array.of(1, 2, 3, 4, 5), small)], [1, 2, 3, 4]);
  assert.equal(padSamples(new Float32Array()).length, 32_000);
});

Deno.test("decodeWindow() refuses numbers out of range and windows beyond memory", () => {
  for (
    const [options, message] of [
      [{ seconds: 0 }, /seconds is 0; allowed: a number above 0 up to 21600/],
      [{ fps: Infinity }, /fps is Infinity/],
      [{ width: 2.5 }, /width is 2\.5; allowed: a whole number from 1 up to 4096/],
      [{ sampleRate: NaN }, /sampleRate is NaN/],
      [{ seconds: 0.001 }, /too short for one frame/],
      [{ seconds: 600, width: 1280, height: 720 }, /frames of 1280 x 720 exceed 2 GB/],
      [{ seconds: 6000, width: 16, height: 16, sampleRate: 96_000 }, /samples exceed 2 GB/],
    ] as const
  ) {
    assert.throws(() => decodeWindow(options), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  }
});
