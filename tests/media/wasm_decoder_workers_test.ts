import assert from "node:assert/strict";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { MediaError } from "../../src/media/media_error.ts";
import { withSpiedWorkers } from "./spied_workers.ts";
import { withDecoder } from "./with_decoder.ts";

const flac = await encodeClip({ samples: Float32Array.of(0.5, 0.25) }, "flac");

Deno.test("WasmDecoder runs ffmpeg in workers without any permission", async () => {
  await withSpiedWorkers([], async (options) => {
    await withDecoder(async (decoder, write) => {
      await decoder.inspect(await write("a.flac", flac));
    });
    assert.equal(options.length, 1);
    const granted = Object.values(options[0].deno?.permissions ?? { all: true });
    assert.deepEqual(new Set(granted), new Set([false]));
    assert.equal(granted.length, 8);
  });
});

Deno.test("WasmDecoder.decode() tries again where a used worker crashes", async () => {
  // A clip takes two requests: the third is the second clip's first.
  await withSpiedWorkers([3], async (options) => {
    await withDecoder(async (decoder, write) => {
      const path = await write("a.flac", flac);
      for (let i = 0; i < 3; i++) {
        const { samples } = await decoder.decode(path, { picture: false });
        assert.deepEqual([...samples], [0.5, 0.25]);
      }
      assert.equal(options.length, 2);
    });
  });
});

Deno.test("WasmDecoder.decode() blames the clip where a fresh worker crashes", async () => {
  await withSpiedWorkers([2], async (options) => {
    await withDecoder(async (decoder, write) => {
      const path = await write("a.flac", flac);
      await assert.rejects(
        () => decoder.decode(path, { picture: false }),
        new MediaError(path, "ffmpeg crashed: memory access out of bounds"),
      );
      assert.equal((await decoder.decode(path, { picture: false })).samples.length, 2);
      assert.equal(options.length, 2);
    });
  });
});

Deno.test("WasmDecoder needs no worker for a .wav that is not compressed", async () => {
  const bytes = await encodeClip({ samples: Float32Array.of(0.5, 0.25) }, "wav");
  await withSpiedWorkers([], async (options) => {
    await withDecoder(async (decoder, write) => {
      const { samples } = await decoder.decode(await write("a.wav", bytes), { picture: false });
      assert.deepEqual([...samples], [0.5, 0.25]);
    });
    assert.equal(options.length, 0);
  });
});

Deno.test("WasmDecoder replaces its workers before ffmpeg.wasm wears out", async () => {
  await withSpiedWorkers([], async (options) => {
    await withDecoder(async (decoder, write) => {
      const path = await write("a.flac", flac);
      for (let i = 0; i < 20; i++) await decoder.inspect(path);
      assert.equal(options.length, 3);
    });
  });
});
