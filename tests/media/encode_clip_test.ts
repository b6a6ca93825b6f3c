import assert from "node:assert/strict";
import { type ClipFormat, type ClipSource, encodeClip } from "../../src/media/encode_clip.ts";
import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { boxes, maxDifference, movingFrames, tone } from "./synthetic_clip.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("encodeClip() gives the same bytes for the same clip and leaves the source alone", async () => {
  const source = {
    frames: movingFrames(5, 32, 32),
    width: 32,
    height: 32,
    fps: 10,
    samples: tone(4000),
  };
  const first = await encodeClip(source, "mp4", { preset: "ultrafast" });
  const second = await encodeClip(source, "mp4", { preset: "ultrafast" });
  assert.deepEqual(first, second);
  assert.equal(source.frames.length, 5 * 32 * 32 * 3);
  assert.equal(source.samples.length, 4000);
});

Deno.test("encodeClip() puts the index of an .mp4 before its data", async () => {
  const frames = movingFrames(5, 32, 32);
  const mp4 = await encodeClip({ frames, width: 32, height: 32, fps: 10 }, "mp4");
  const types = boxes(mp4).map(({ type }) => type);
  assert.ok(types.indexOf("moov") < types.indexOf("mdat"), types.join(" "));
});

Deno.test("encodeClip() keeps an odd width, and sound in 16 bits exactly", async () => {
  await withFolder(async (dir) => {
    const decoder = new WasmDecoder();
    const frames = movingFrames(5, 227, 128);
    const film = await encodeClip({ frames, width: 227, height: 128, fps: 30 }, "mp4");
    await Deno.writeFile(`${dir}/a.mp4`, film);
    const { width, height, fps } = await decoder.inspect(`${dir}/a.mp4`);
    assert.deepEqual([width, height, fps], [227, 128, 30]);
    const samples = Float32Array.of(0, 0.5, -1, 1, 1 / 32768);
    for (const format of ["wav", "flac"] as const) {
      const path = `${dir}/a.${format}`;
      await Deno.writeFile(path, await encodeClip({ samples, sampleRate: 8000 }, format));
      const clip = await decoder.decode(path, { picture: false });
      // 16 bits hold no +1.
      assert.ok(maxDifference(clip.samples, samples) <= 1 / 32768, `${clip.samples}`);
    }
    await decoder.close();
  });
});

Deno.test("encodeClip() says what is wrong with a source that it cannot encode", async () => {
  const frames = movingFrames(2, 16, 16);
  const whole = { frames, width: 16, height: 16, fps: 10 };
  const cases: [ClipSource, ClipFormat, RegExp][] = [
    [{}, "mp4", /nothing to encode/],
    [{ samples: new Float32Array() }, "wav", /nothing to encode/],
    [whole, "wav", /\.wav holds no picture/],
    [{ ...whole, width: 15 }, "mp4", /1536 bytes are not a whole number of 15 x 16 RGB frames/],
    [{ ...whole, height: undefined }, "mp4", /height is undefined/],
    [{ ...whole, fps: 0 }, "mp4", /fps is 0/],
    [{ samples: tone(10), sampleRate: 0 }, "wav", /sampleRate is 0/],
  ];
  for (const [source, format, message] of cases) {
    await assert.rejects(() => encodeClip(source, format), (error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, message);
      return true;
    });
  }
  await assert.rejects(() => encodeClip(whole, "mp4", { crf: 60 }), /crf is 60; allowed: 0 to 51/);
});
