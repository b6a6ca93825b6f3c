import assert from "node:assert/strict";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { MediaError } from "../../src/media/media_error.ts";
import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { joinFloats } from "../../src/numeric/join_floats.ts";
import { ravdessTest } from "../ravdess.ts";
import { assertRejectsBadClips } from "./bad_clips.ts";
import { withDecoder } from "./with_decoder.ts";
import {
  greyFrames,
  maxDifference,
  meanDifference,
  movingFrames,
  smallMp4,
  tone,
  wav,
} from "./synthetic_clip.ts";
import { withFolder } from "../with_folder.ts";

Deno.test("WasmDecoder.decode() gives back the frames and samples that were encoded", async () => {
  await withDecoder(async (decoder, write) => {
    const frames = movingFrames(30, 227, 128);
    const samples = tone(8000);
    const source = { frames, width: 227, height: 128, fps: 30, samples };
    const clip = await decoder.decode(
      await write("a.mkv", await encodeClip(source, "mkv", { crf: 4 })),
    );
    assert.equal(clip.frameCount, 30);
    assert.ok(meanDifference(clip.frames, frames) < 1.5, "frames");
    assert.equal(clip.samples.length, 8000);
    assert.ok(maxDifference(clip.samples, samples) <= 1 / 32768, "samples");
    assert.deepEqual(
      [clip.hasPicture, clip.hasSound, clip.silent, clip.warnings],
      [true, true, false, []],
    );
  });
});

Deno.test("WasmDecoder.decode() repeats frames to reach the frame rate", async () => {
  await withDecoder(async (decoder, write) => {
    const frames = greyFrames(4, 32, 16, [20, 90, 160, 230]);
    const path = await write(
      "a.mp4",
      await encodeClip({ frames, width: 32, height: 16, fps: 10 }, "mp4", { crf: 1 }),
    );
    const clip = await decoder.decode(path, { sound: false, width: 1, height: 1 });
    const greys = Array.from({ length: clip.frameCount }, (_, i) => clip.frames[3 * i]);
    const expected = [20, 20, 20, 90, 90, 90, 160, 160, 160, 230, 230, 230];
    assert.equal(greys.length, expected.length);
    assert.ok(maxDifference(greys, expected) <= 3, `${greys}`);
  });
});

Deno.test("WasmDecoder.decode() cuts picture and sound to the window", async () => {
  await withDecoder(async (decoder, write) => {
    const frames = greyFrames(50, 16, 16, [50, 100]);
    const bytes = await encodeClip(
      { frames, width: 16, height: 16, fps: 10, samples: tone(40_000) },
      "mp4",
    );
    const path = await write("long.mp4", bytes);
    const four = await decoder.decode(path);
    assert.equal(four.frameCount, 120);
    assert.equal(four.frames.length, 120 * 128 * 227 * 3);
    assert.equal(four.samples.length, 32_000);
    const short = await decoder.decode(path, { seconds: 1.5, fps: 20, sampleRate: 16_000 });
    assert.equal(short.frameCount, 30);
    assert.equal(short.samples.length, 24_000);
  });
});

Deno.test("WasmDecoder.decode() stretches the picture to the size asked for", async () => {
  await withDecoder(async (decoder, write) => {
    const frames = new Uint8Array(2 * 64 * 64 * 3).map((_, i) => (i / 3) % 64 < 32 ? 10 : 240);
    const bytes = await encodeClip({ frames, width: 64, height: 64, fps: 10 }, "mp4");
    const clip = await decoder.decode(await write("half.mp4", bytes), { sound: false });
    const row = clip.frames.subarray(0, 227 * 3);
    assert.ok(row.subarray(0, 100 * 3).every((value) => value < 30), "left is dark");
    assert.ok(row.subarray(127 * 3).every((value) => value > 220), "right is bright");
  });
});

Deno.test("WasmDecoder.decode() mixes channels with equal weights that sum to 1", async () => {
  await withDecoder(async (decoder, write) => {
    const left = wav(Array.from({ length: 800 }, () => [0.5, 0]));
    const both = wav(Array.from({ length: 800 }, () => [0.5, 0.5]));
    const options = { picture: false };
    const one = await decoder.decode(await write("left.wav", left), options);
    const two = await decoder.decode(await write("both.wav", both), options);
    assert.equal(one.samples.length, 800);
    assert.ok(maxDifference(one.samples, new Float32Array(800).fill(0.25)) < 1e-6);
    assert.ok(maxDifference(two.samples, new Float32Array(800).fill(0.5)) < 1e-6);
  });
});

Deno.test("WasmDecoder.decode() keeps picture and AAC sound of an .mp4 in step", async () => {
  await withDecoder(async (decoder, write) => {
    // A flash and a click, both from 0.5 s on.
    const frames = greyFrames(30, 16, 16, [0]);
    frames.fill(255, frames.length / 2);
    const samples = tone(8000);
    samples.fill(0, 0, 4000);
    const bytes = await encodeClip({ frames, width: 16, height: 16, fps: 30, samples }, "mp4");
    const clip = await decoder.decode(await write("a.mp4", bytes), { width: 1, height: 1 });
    const flash = clip.frames.findIndex((value) => value > 128) / 3;
    const click = clip.samples.findIndex((value) => Math.abs(value) > 0.25);
    assert.equal(Math.floor(flash), 15);
    assert.ok(Math.abs(click - 4000) < 40, `${click}`);
  });
});

Deno.test("WasmDecoder.decode() tells silence from a faint sound", async () => {
  await withDecoder(async (decoder, write) => {
    const options = { picture: false };
    const silence = wav(Array.from({ length: 400 }, (_, i) => [i === 200 ? 1 / 32768 : 0]));
    const faint = wav(Array.from(tone(400, 0.001), (value) => [value]));
    assert.equal((await decoder.decode(await write("0.wav", silence), options)).silent, true);
    assert.equal((await decoder.decode(await write("1.wav", faint), options)).silent, false);
  });
});

Deno.test("WasmDecoder.decode() hands frames on while it decodes, and waits for who takes them", async () => {
  await withDecoder(async (decoder, write) => {
    const path = await write("a.mp4", await smallMp4());
    const size = { width: 500, height: 300, fps: 10 };
    const whole = await decoder.decode(path, size);
    const parts: Uint8Array[] = [];
    let busy = 0;
    const { frames, frameCount, samples } = await decoder.decode(path, {
      ...size,
      async onFrames(frames, count) {
        assert.equal(busy++, 0, "one part after the other");
        assert.equal(frames.length, count * 500 * 300 * 3);
        await new Promise((resolve) => setTimeout(resolve, 5));
        parts.push(frames.slice());
        busy--;
      },
    });
    assert.deepEqual([frames.length, frameCount], [0, 20]);
    assert.ok(parts.length > 3, `${parts.length} parts`);
    assert.deepEqual(
      new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer()),
      whole.frames,
    );
    assert.deepEqual(samples, whole.samples);
    await assert.rejects(
      () => decoder.decode(path, { ...size, onFrames: () => Promise.reject(new Error("enough")) }),
      /enough/,
    );
    assert.equal((await decoder.decode(path, size)).frameCount, 20);
  });
});

Deno.test("WasmDecoder.decode() hands samples on while it decodes, and keeps none", async () => {
  await withDecoder(async (decoder, write) => {
    const waves = wav(Array.from(tone(20_000), (value) => [value]));
    for (const path of [await write("a.mp4", await smallMp4()), await write("a.wav", waves)]) {
      const options = { picture: false, sampleRate: 6000, seconds: 1.5 };
      const whole = await decoder.decode(path, options);
      const parts: Float32Array[] = [];
      const { samples, silent } = await decoder.decode(path, {
        ...options,
        onSamples: (part) => void parts.push(part.slice()),
      });
      assert.deepEqual([samples.length, silent], [0, false]);
      assert.deepEqual(joinFloats(parts), whole.samples);
    }
    // More than could be held is no matter where it is handed on.
    const day = { picture: false, sampleRate: 192_000, seconds: 21_600 };
    const path = await write("b.wav", waves);
    await assert.rejects(() => decoder.decode(path, day), /exceed 2 GB/);
    let heard = 0;
    await decoder.decode(path, { ...day, onSamples: (part) => void (heard += part.length) });
    assert.equal(heard, 480_000);
  });
});

Deno.test("WasmDecoder.decode() leaves out the track that is not asked for", async () => {
  await withDecoder(async (decoder, write) => {
    const path = await write("a.mp4", await smallMp4());
    const picture = await decoder.decode(path, { sound: false });
    assert.deepEqual([picture.frameCount, picture.samples.length], [60, 0]);
    assert.deepEqual([picture.hasSound, picture.silent], [true, false]);
    const sound = await decoder.decode(path, { picture: false });
    assert.deepEqual([sound.frameCount, sound.frames.length], [0, 0]);
    assert.equal(sound.hasPicture, true);
    assert.ok(sound.samples.length >= 16_000);
  });
});

Deno.test("WasmDecoder.decode() rejects bad clips with a reason and works on", async () => {
  await withFolder(async (dir) => {
    const decoder = new WasmDecoder();
    try {
      await assertRejectsBadClips(decoder, dir);
    } finally {
      await decoder.close();
    }
  });
});

Deno.test("WasmDecoder.decode() gives the same clips however many are decoded at once", async () => {
  await withDecoder(async (serial, write) => {
    const paths = [
      await write("a.mp4", await smallMp4()),
      await write("bad.mp4", new Uint8Array([1, 2, 3])),
      await write("b.wav", wav(Array.from(tone(4000), (value) => [value]))),
    ];
    const options = { picture: false };
    const parallel = new WasmDecoder({ workers: 2 });
    try {
      const jobs = [...paths, ...paths].map((path) => parallel.decode(path, options));
      const results = await Promise.allSettled(jobs);
      for (const [i, result] of results.entries()) {
        if (i % 3 === 1) {
          assert.equal(result.status, "rejected");
        } else {
          assert.ok(result.status === "fulfilled");
          assert.deepEqual(result.value, await serial.decode(paths[i % 3], options));
        }
      }
    } finally {
      await parallel.close();
    }
  });
});

Deno.test("WasmDecoder.decode() stops a clip that takes longer than the time limit", async () => {
  await withFolder(async (dir) => {
    const frames = movingFrames(60, 320, 180);
    const bytes = await encodeClip({ frames, width: 320, height: 180, fps: 30 }, "mp4");
    await Deno.writeFile(`${dir}/a.mp4`, bytes);
    const decoder = new WasmDecoder({ timeLimitSeconds: 0.001 });
    try {
      for (let i = 0; i < 2; i++) {
        await assert.rejects(
          () => decoder.decode(`${dir}/a.mp4`, { sound: false }),
          new MediaError(`${dir}/a.mp4`, "took longer than 0.001 s"),
        );
      }
    } finally {
      await decoder.close();
    }
  });
});

Deno.test("WasmDecoder.close() fails what is under way and what comes after", async () => {
  await withFolder(async (dir) => {
    await Deno.writeFile(`${dir}/a.mp4`, await smallMp4());
    const decoder = new WasmDecoder();
    const jobs = [decoder.decode(`${dir}/a.mp4`), decoder.decode(`${dir}/a.mp4`)];
    const settled = Promise.allSettled(jobs);
    await decoder.close();
    await decoder.close();
    assert.deepEqual((await settled).map(({ status }) => status), ["rejected", "rejected"]);
    await assert.rejects(() => decoder.decode(`${dir}/a.mp4`), /the decoder is closed/);
  });
});

Deno.test("WasmDecoder refuses options out of range", async () => {
  assert.throws(() => new WasmDecoder({ workers: 0 }), /workers is 0; allowed: a whole number/);
  assert.throws(() => new WasmDecoder({ timeLimitSeconds: NaN }), RangeError);
  const decoder = new WasmDecoder();
  await assert.rejects(() => decoder.decode("a.mp4", { width: 12.5 }), RangeError);
  await decoder.close();
});

Deno.test("WasmDecoder.inspect() says what a clip is", async () => {
  await withDecoder(async (decoder, write) => {
    const { seconds, ...rest } = await decoder.inspect(await write("a.mp4", await smallMp4()));
    assert.ok(seconds >= 2 && seconds < 2.13, `${seconds}`);
    assert.deepEqual(rest, {
      ...{ pictureSeconds: 2, hasPicture: true, hasSound: true, silent: false },
      ...{ width: 64, height: 36, fps: 10, problems: {}, warnings: [] },
    });
    const frames = movingFrames(15, 64, 36);
    const film = await encodeClip({ frames, width: 64, height: 36, fps: 10 }, "mkv");
    assert.deepEqual(await decoder.inspect(await write("film.mkv", film)), {
      ...{ seconds: 1.5, pictureSeconds: 1.5, hasPicture: true, hasSound: false, silent: false },
      ...{ width: 64, height: 36, fps: 10, problems: {}, warnings: [] },
    });
    const silence = wav(Array.from({ length: 2000 }, () => [0]));
    assert.deepEqual(await decoder.inspect(await write("silence.wav", silence)), {
      ...{ seconds: 0.25, pictureSeconds: 0, hasPicture: false, hasSound: true, silent: true },
      ...{ width: 0, height: 0, fps: 0, problems: {}, warnings: [] },
    });
  });
});

Deno.test("WasmDecoder.inspect() rejects a clip that is cut, with or without sound", async () => {
  await withDecoder(async (decoder, write) => {
    const frames = movingFrames(20, 64, 36);
    const film = await encodeClip({ frames, width: 64, height: 36, fps: 10 }, "mp4");
    for (const bytes of [await smallMp4(), film]) {
      const path = await write("cut.mp4", bytes.slice(0, Math.round(bytes.length * 0.6)));
      await assert.rejects(() => decoder.inspect(path), /truncated or damaged: only/);
    }
  });
});

ravdessTest("WasmDecoder decodes a published clip and finds its twin silent", async (dir) => {
  const decoder = new WasmDecoder({ workers: 2 });
  try {
    const [spoken, silent] = await Promise.all([
      decoder.decode(`${dir}/original/Actor_01/01-01-01-01-01-01-01.mp4`),
      decoder.decode(`${dir}/crops/Actor_05/02-01-05-01-01-01-05.mp4`),
    ]);
    assert.deepEqual([spoken.frameCount, spoken.samples.length], [98, 26_454]);
    assert.deepEqual([spoken.silent, silent.silent], [false, true]);
    assert.deepEqual([...spoken.warnings, ...silent.warnings], []);
    const speech = await decoder.inspect(`${dir}/speech/Actor_01/03-01-01-01-01-01-01.flac`);
    assert.ok(Math.abs(speech.seconds - 3.3033) < 1e-3, `${speech.seconds}`);
  } finally {
    await decoder.close();
  }
});
