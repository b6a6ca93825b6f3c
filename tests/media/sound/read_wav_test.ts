import assert from "node:assert/strict";
import { channelWeights, speakersOfMask } from "../../../src/media/sound/channel_weights.ts";
import { parseWav, WavError } from "../../../src/media/sound/parse_wav.ts";
import { readWav, wavSeconds } from "../../../src/media/sound/read_wav.ts";
import { pcmBytes, wavFile } from "./wav_file.ts";

const wave = Float32Array.from({ length: 800 }, (_, t) => 0.5 * Math.sin(2 * Math.PI * t / 40));

function read(bytes: Uint8Array): Float32Array {
  return readWav(bytes, parseWav(bytes));
}

function assertNear(actual: Float32Array, expected: Float32Array, within: number): void {
  assert.equal(actual.length, expected.length);
  const worst = Math.max(...actual.map((value, i) => Math.abs(value - expected[i])));
  assert.ok(worst <= within, `${worst} > ${within}`);
}

Deno.test("readWav() reads every width and kind of number, from either end", () => {
  for (const little of [true, false]) {
    const id = little ? "RIFF" : "RIFX";
    for (const bits of [8, 16, 24, 32] as const) {
      const file = wavFile(pcmBytes(wave, { bits, little }), { id, bits });
      assertNear(read(file), wave, 2 ** -bits);
    }
    for (const bits of [32, 64] as const) {
      const file = wavFile(pcmBytes(wave, { bits, little, float: true }), { id, bits, tag: 3 });
      assert.deepEqual(read(file), wave);
    }
  }
});

Deno.test("readWav() reads the logarithmic bytes of telephones as G.711 has them", () => {
  // Values of the tables of ITU-T G.711: the largest, the smallest and one between, of either sign.
  const aLaw = read(
    wavFile(Uint8Array.of(0xaa, 0x2a, 0xd5, 0x55, 0x80, 0x00), { tag: 6, bits: 8 }),
  );
  assert.deepEqual([...aLaw.map((value) => value * 32768)], [32256, -32256, 8, -8, 5504, -5504]);
  const muLaw = read(
    wavFile(Uint8Array.of(0x80, 0x00, 0xff, 0x7f, 0xa0, 0x20), { tag: 7, bits: 8 }),
  );
  assert.deepEqual([...muLaw.map((value) => value * 32768)], [32124, -32124, 0, 0, 7932, -7932]);
});

Deno.test("readWav() reads samples in wider places, filled from the top", () => {
  // 20 bits in three bytes, 24 bits in four.
  assertNear(read(wavFile(pcmBytes(wave, { bits: 24 }), { bits: 20 })), wave, 2 ** -20);
  assertNear(read(wavFile(pcmBytes(wave, { bits: 32 }), { bits: 24, frame: 4 })), wave, 2 ** -24);
});

Deno.test("readWav() mixes channels by what the file says of them", () => {
  // Channel c holds 2^-c.
  const frames = (channels: number) =>
    pcmBytes(Float32Array.from({ length: 10 * channels }, (_, i) => 2 ** -(i % channels + 1)), {
      ...{ bits: 32, float: true },
    });
  const file = (channels: number, mask?: number) =>
    wavFile(frames(channels), { channels, bits: 32, tag: 3, mask });
  const mean = (channels: number) => (1 - 2 ** -channels) / channels;
  for (const channels of [1, 2, 3, 6, 9, 60]) {
    assert.ok(Math.abs(read(file(channels))[0] - mean(channels)) < 1e-7, `${channels}`);
  }
  // A mask of another number of speakers says nothing; one of 5.1 leaves the subwoofer out.
  assert.ok(Math.abs(read(file(6, 0x3))[0] - mean(6)) < 1e-7);
  const [l, c, b] = [Math.SQRT1_2, 1, 0.5];
  const expected = (l / 2 + l / 4 + c / 8 + b / 32 + b / 64) / (2 * l + c + 2 * b);
  assert.ok(Math.abs(read(file(6, 0x3f))[0] - expected) < 1e-7);
  assert.deepEqual(speakersOfMask(0x60f), ["FL", "FR", "FC", "LFE", "SL", "SR"]);
  assert.deepEqual([...channelWeights(1, ["LFE"])], [1], "there is nothing else to hear");
});

Deno.test("parseWav() yields to what is there where a program could not know the length", () => {
  const data = pcmBytes(wave);
  const claims = [
    0,
    0x7ffff000,
    2_000_000_000,
    0x7fffffff,
    0x80000000,
    0xffffffff - 43,
    0xffffffff,
  ];
  for (const claimed of claims) {
    assert.equal(read(wavFile(data, { claimed })).length, 800, `${claimed}`);
  }
  const header = parseWav(wavFile(data, { claimed: 0xffffffff, sampleRate: 16000 }));
  assert.equal(wavSeconds(header), 0.05);
  assert.equal(header.warning, undefined);
});

Deno.test("parseWav() refuses a truncated file, and says where a little is missing", () => {
  const whole = wavFile(pcmBytes(wave));
  assert.throws(() => parseWav(whole.subarray(0, 1000)), {
    name: "WavError",
    message: "only 956 of 1600 bytes of sound are there; copy the file again",
  });
  const nearly = whole.subarray(0, whole.length - 101);
  assert.equal(parseWav(nearly).warning, "only 1499 of 1600 bytes of sound are there");
  assert.equal(read(nearly).length, 749);
});

Deno.test("parseWav() reads the length of a large file from its ds64 chunk", () => {
  const data = pcmBytes(wave);
  const size = (bytes: number) =>
    Array.from({ length: 8 }, (_, i) => Math.floor(bytes / 256 ** i) & 255);
  const ds64 = [...size(0), ...size(400), ...size(0), 0, 0, 0, 0];
  const file = wavFile(data, { id: "RF64", claimed: 0xffffffff, before: [["ds64", ds64]] });
  assert.equal(read(file).length, 200);
});

Deno.test("parseWav() finds the samples behind other chunks, padded or not", () => {
  const before = [["LIST", [1, 2, 3]], ["junk", []], ["bext", [9]]] as const;
  for (const padded of [true, false]) {
    const file = wavFile(pcmBytes(wave), { before, padded });
    assertNear(read(file), wave, 2 ** -16);
  }
  const listed = new Uint8Array([
    ...wavFile(pcmBytes(wave)),
    ...new TextEncoder().encode("LIST\x04\0\0\0abcd"),
  ]);
  assert.equal(read(listed).length, 800, "what follows the samples is none of them");
});

Deno.test("parseWav() says what is wrong with a header, and what needs a codec", () => {
  const data = pcmBytes(wave);
  const wrong: [Uint8Array, RegExp][] = [
    [new TextEncoder().encode("hello, world"), /no \.wav file/],
    [wavFile(data).subarray(0, 30), /its format is cut/],
    [wavFile(data).subarray(0, 36), /it has no samples/],
    [wavFile(data, { channels: 0, frame: 2 }), /0 channels; allowed: 1 to 256/],
    [wavFile(data, { channels: 300 }), /300 channels/],
    [wavFile(data, { sampleRate: 0 }), /a sample rate of 0/],
    [wavFile(data, { bits: 0, frame: 2 }), /samples of 0 bits/],
    [wavFile(data, { bits: 65535, frame: 2 }), /samples of 65535 bits/],
  ];
  for (const [bytes, message] of wrong) {
    assert.throws(() => parseWav(bytes), (error) => {
      assert.ok(error instanceof WavError);
      assert.match(error.message, message);
      return true;
    });
  }
  assert.equal(parseWav(wavFile(data, { tag: 0x11, bits: 4, frame: 256 })).format, undefined);
});

Deno.test("readWav() reads a part of the file alone", () => {
  const bytes = wavFile(pcmBytes(wave));
  const header = parseWav(bytes);
  assert.deepEqual(readWav(bytes, header, 100, 200), read(bytes).subarray(100, 200));
  assert.equal(readWav(bytes, header, 790, 5000).length, 10);
  assert.equal(readWav(bytes, header, 5000).length, 0);
});
