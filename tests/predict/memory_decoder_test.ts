import assert from "node:assert/strict";
import { memoryDecoder } from "../../src/predict/memory_decoder.ts";

const RGBA = Uint8ClampedArray.from({ length: 10 * 16 * 16 * 4 }, (_, i) => Math.floor(i / 1024));
const FRAMES = { data: RGBA, n: 10, height: 16, width: 16, channels: 4, fps: 10 } as const;

Deno.test("memoryDecoder() gives the frames at the rate that is asked for, and the sound", async () => {
  const samples = new Float32Array(5);
  const decoder = memoryDecoder({ samples, sampleRate: 5, frames: FRAMES });
  const at = async (fps: number) => {
    const seen: number[] = [];
    const onFrames = (rgb: Uint8Array, n: number) => {
      assert.deepEqual([rgb.length, n], [768, 1]);
      seen.push(rgb[0]);
    };
    const clip = await decoder.decode("it", { fps, onFrames, sound: false });
    assert.equal(clip.samples.length, 0);
    return seen;
  };
  assert.deepEqual(await at(10), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(await at(4), [1, 3, 6, 8]);
  assert.equal((await decoder.decode("it", { picture: false })).samples, samples);
});
