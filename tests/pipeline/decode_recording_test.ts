import assert from "node:assert/strict";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import type { Decoder } from "../../src/media/decoder.ts";
import {
  decodeRecording,
  type PartPicture,
  type PartSound,
} from "../../src/pipeline/extract/decode_recording.ts";
import type { ClipSpan } from "../../src/corpus/clip.ts";
import { askedFor } from "../media/asked.ts";
import { smallMp4 } from "../media/synthetic_clip.ts";

const CONFIG = { seconds: 1, fps: 10, sampleRate: 8000, crop: "none" } as const;

Deno.test("parts of a recording are exact to the sample, and it is decoded once for all", async () => {
  const dir = await Deno.makeTempDir();
  const decoder = await createDecoder("wasm", { workers: 1 });
  try {
    const path = `${dir}/long.wav`;
    const samples = Float32Array.from({ length: 20_000 }, (_, i) => 0.4 * Math.sin(i * i / 9e4));
    await Deno.writeFile(path, await encodeClip({ samples }, "wav"));
    const { samples: whole } = await decoder.decode(path, { seconds: 10, picture: false });
    assert.equal(whole.length, samples.length);
    let decodes = 0;
    const counting: Decoder = {
      ...{ name: decoder.name, version: decoder.version },
      inspect: (path) => decoder.inspect(path),
      close: () => decoder.close(),
      decode: (path, options) => (decodes++, decoder.decode(path, options)),
    };
    const spans: (ClipSpan & { from: number; to: number })[] = [
      { start: 0, end: 0.5, from: 0, to: 4000 },
      { start: 0.123375, end: 1, from: 987, to: 8000 },
      // Longer than the window: its first second.
      { start: 1, end: 2.5, from: 8000, to: 16_000 },
      // To the end of the recording, which comes before the window's.
      { start: 2, from: 16_000, to: 20_000 },
    ];
    const sounds: PartSound[] = [];
    const problems: string[] = [];
    const beyond = [{ start: 2, end: 2.7 }, { start: 3 }];
    await decodeRecording(
      counting,
      path,
      [...spans, ...beyond].map((span) => ({
        span,
        onSound: (sound) => void sounds.push(sound),
        onProblem: (track, reason) => void problems.push(`${track}: ${reason}`),
      })),
      CONFIG,
    );
    assert.equal(decodes, 1);
    assert.equal(sounds.length, spans.length);
    for (const [i, { from, to }] of spans.entries()) {
      assert.deepEqual(sounds[i].samples, whole.slice(from, to));
      assert.equal(sounds[i].silent, false);
    }
    assert.deepEqual(problems, [
      "sound: the segment ends at 2.7 s, beyond the end of the sound at 2.5 s",
      "sound: the segment begins at 3 s, beyond the end of the sound at 2.5 s",
    ]);
  } finally {
    await decoder.close();
    await Deno.remove(dir, { recursive: true });
  }
});

/** A decoder of a picture whose frames are numbered, two pixels each, handed out in parts of three. */
function numberedFrames(n: number): Decoder {
  return {
    ...{ name: "wasm", version: "of this test", close: () => Promise.resolve() },
    inspect: () => Promise.reject(new Error("not asked for")),
    decode: async (_, options) => {
      const asked = askedFor(options);
      const most = Math.min(n, Math.round((asked.seconds ?? 0) * (asked.fps ?? 0)));
      for (let at = 0; at < most; at += 3) {
        const count = Math.min(3, most - at);
        const frames = Uint8Array.from({ length: 6 * count }, (_, i) => at + Math.floor(i / 6));
        await asked.onFrames?.(frames, count);
      }
      return {
        ...{ frames: new Uint8Array(), frameCount: most, width: 2, height: 1 },
        ...{ samples: new Float32Array(), hasPicture: true, hasSound: false, silent: false },
        ...{ problems: {}, warnings: [] },
      };
    },
  };
}

Deno.test("pictures of parts are exact to the frame, overlapping or not", async () => {
  const spans: ClipSpan[] = [
    { start: 0, end: 0.4 },
    { start: 0.2, end: 0.7 },
    { start: 0.5, end: 2 },
    { start: 2.2 },
    { start: 2, end: 3 },
  ];
  const numbers = new Map<ClipSpan, number[]>();
  const problems: string[] = [];
  await decodeRecording(
    numberedFrames(25),
    "film.mp4",
    spans.map((span) => ({
      span,
      onPicture: ({ frames, frameCount }: PartPicture) => {
        assert.equal(frames.length, 6 * frameCount);
        numbers.set(span, [...frames].filter((_, i) => i % 6 === 0));
      },
      onProblem: (track, reason) => void problems.push(`${track}: ${reason}`),
    })),
    CONFIG,
  );
  assert.deepEqual([...numbers.values()], [
    [0, 1, 2, 3],
    [2, 3, 4, 5, 6],
    [5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    [22, 23, 24],
  ]);
  assert.deepEqual(problems, [
    "picture: the segment ends at 3 s, beyond the end of the picture at 2.5 s",
  ]);
});

Deno.test("parts of a film give the frames and samples that it gives whole", async () => {
  const path = await Deno.makeTempFile({ suffix: ".mp4" });
  const decoder = await createDecoder("wasm", { workers: 1 });
  try {
    await Deno.writeFile(path, await smallMp4());
    const { frames: whole, samples, frameCount } = await decoder.decode(path, CONFIG);
    assert.equal(frameCount, 10);
    const bytes = whole.length / frameCount;
    const pictures: PartPicture[] = [];
    const sounds: PartSound[] = [];
    await decodeRecording(
      decoder,
      path,
      [{ start: 0.3, end: 0.8 }].map((span) => ({
        span,
        onPicture: (picture) => void pictures.push(picture),
        onSound: (sound) => void sounds.push(sound),
        onProblem: (track, reason) => assert.fail(`${track}: ${reason}`),
      })),
      CONFIG,
    );
    const [[picture], [sound]] = [pictures, sounds];
    assert.deepEqual([picture.frameCount, picture.width, picture.height], [5, 227, 128]);
    assert.deepEqual(picture.frames, whole.slice(3 * bytes, 8 * bytes));
    assert.deepEqual(sound.samples, samples.slice(2400, 6400));
  } finally {
    await decoder.close();
    await Deno.remove(path);
  }
});
