import assert from "node:assert/strict";
import { cutChunks } from "../../src/recognize/stream/cut_chunks.ts";

Deno.test("cutChunks() cuts sound and picture where they belong, and loses nothing", () => {
  const samples = Float32Array.from({ length: 13_000 }, (_, i) => i / 13_000);
  const frames = {
    ...{ data: Uint8Array.from({ length: 17 * 4 }, (_, i) => i), n: 17 },
    ...{ height: 1, width: 1, channels: 4 as const, fps: 10 },
  };
  const chunks = Array.from(cutChunks({ samples, sampleRate: 8000, frames }, 0.5));
  assert.deepEqual(chunks.map(({ time }) => time), [0, 0.5, 1, 1.5]);
  assert.deepEqual(chunks.map(({ samples }) => samples?.length), [4000, 4000, 4000, 1000]);
  assert.deepEqual(chunks.map(({ frames }) => frames?.n), [5, 5, 5, 2]);
  assert.deepEqual(chunks.flatMap(({ samples }) => Array.from(samples!)), Array.from(samples));
  assert.deepEqual(
    chunks.flatMap(({ frames }) => Array.from(frames!.data)),
    Array.from(frames.data),
  );
});

Deno.test("cutChunks() leaves out what a clip does not have or has no more", () => {
  const frames = { data: new Uint8Array(9), n: 3, height: 1, width: 1, fps: 2 };
  const seen = Array.from(cutChunks({ frames }, 0.5));
  assert.deepEqual(seen.map(({ samples, frames }) => [samples, frames?.n]), [
    [undefined, 1],
    [undefined, 1],
    [undefined, 1],
  ]);
  const longer = Array.from(
    cutChunks({ samples: new Float32Array(16_000), sampleRate: 8000, frames }, 1),
  );
  assert.deepEqual(longer.map(({ frames }) => frames?.n), [2, 1]);
  assert.deepEqual(Array.from(cutChunks({}, 1)), []);
});

Deno.test("cutChunks() gives each frame its own time, also where frames do not lie on the cuts", () => {
  const samples = new Float32Array(16_000);
  for (const fps of [25, 30000 / 1001, 0.5, 7]) {
    const n = Math.round(2 * fps);
    const frames = {
      data: Uint8Array.from({ length: 3 * n }, (_, i) => i),
      n,
      height: 1,
      width: 1,
      fps,
    };
    const chunks = Array.from(cutChunks({ samples, sampleRate: 8000, frames }, 0.5));
    const times = chunks.flatMap(({ time, frames }) =>
      Array.from({ length: frames?.n ?? 0 }, (_, i) => time + i / fps)
    );
    assert.equal(times.length, n);
    times.forEach((time, i) => assert(Math.abs(time - i / fps) < 1e-9, `${fps}: ${time}`));
    const sounds = chunks.filter(({ samples }) => samples);
    assert.deepEqual(sounds.map(({ time }) => time), [0, 0.5, 1, 1.5]);
    // The stream learns at once of every modality that there is: else it would not wait for one.
    assert.deepEqual(Object.keys(chunks[0]).sort(), ["frames", "sampleRate", "samples", "time"]);
  }
});

Deno.test("cutChunks() puts no frame into a later piece where a product of fractions is not exact", () => {
  const frames = { data: new Uint8Array(3 * 30), n: 30, height: 1, width: 1, fps: 30 };
  const chunks = Array.from(cutChunks({ frames }, 0.1));
  assert.deepEqual(chunks.map(({ frames }) => frames?.n), Array(10).fill(3));
});
