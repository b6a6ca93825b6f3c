import assert from "node:assert/strict";
import { readPcm, readWav, wavNeedsDecoder } from "../../src/serve/input/read_sound.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import type { Problem } from "../../src/serve/problem.ts";
import { toneBytes, wavFile } from "./clips.ts";

const limits = serveLimits({ maxSeconds: 2 });
const part = (bytes: Uint8Array<ArrayBuffer>, type = "audio/wav", parameters = {}) => ({
  ...{ name: "clip", type, parameters, bytes },
});

/** The status with which `work` is refused. */
function statusOf(work: () => unknown): number {
  let status = 0;
  assert.throws(work, (error: Problem) => {
    status = error.status;
    return error.name === "Problem";
  });
  return status;
}

Deno.test("readWav() reads what a .wav holds, in stereo and in the extensible format too", () => {
  const tone = toneBytes(800);
  const mono = readWav(part(wavFile(tone)), limits);
  assert.equal(mono.sampleRate, 8000);
  assert.equal(mono.samples.length, 800);
  assert.deepEqual(mono.samples[3], new DataView(tone.buffer).getInt16(6, true) / 32768);
  const stereo = readWav(part(wavFile(tone, { channels: 2, sampleRate: 44100 })), limits);
  assert.equal(stereo.samples.length, 400);

  // WAVE_FORMAT_EXTENSIBLE: the real format stands in the first bytes of a GUID, 24 bytes further on.
  const plain = wavFile(tone);
  const extensible = new Uint8Array(plain.length + 24);
  extensible.set(plain.subarray(0, 36));
  extensible.set(plain.subarray(36), 60);
  const view = new DataView(extensible.buffer);
  view.setUint32(16, 40, true);
  view.setUint16(20, 0xfffe, true);
  view.setUint16(44, 1, true);
  assert.deepEqual(readWav(part(extensible), limits).samples, mono.samples);
  assert.equal(wavNeedsDecoder(part(extensible)), false);
  view.setUint16(44, 2, true);
  assert.equal(wavNeedsDecoder(part(extensible)), true);
});

Deno.test("readWav() takes a stream's open length, and skips other chunks", () => {
  const tone = toneBytes(801);
  for (const dataBytes of [0xffffffff, 2 ** 31, 0]) {
    assert.equal(readWav(part(wavFile(tone, { dataBytes })), limits).samples.length, 801);
  }
  const plain = wavFile(tone);
  const listed = new Uint8Array(plain.length + 12);
  listed.set(plain.subarray(0, 36));
  // A chunk of 3 bytes takes 4.
  listed.set(new TextEncoder().encode("LIST\x03\0\0\0abc\0"), 36);
  listed.set(plain.subarray(36), 48);
  assert.equal(readWav(part(listed), limits).samples.length, 801);
});

Deno.test("readWav() refuses what is damaged, too long or out of range", () => {
  const tone = toneBytes(800);
  const cases: [string, Uint8Array<ArrayBuffer>, number][] = [
    ["no wav", new TextEncoder().encode("hello, world"), 422],
    ["header only", wavFile(tone).slice(0, 30), 422],
    ["no data chunk", wavFile(tone).slice(0, 36), 422],
    ["no samples", wavFile(new Uint8Array()), 422],
    ["cut", wavFile(tone).slice(0, 1000), 422],
    ["no channels", wavFile(tone, { channels: 0 }), 422],
    ["300 channels", wavFile(tone, { channels: 300 }), 422],
    ["rate 0", wavFile(tone, { sampleRate: 0 }), 422],
    ["rate 1", wavFile(tone, { sampleRate: 1 }), 422],
    ["rate 4294967295", wavFile(tone, { sampleRate: 0xffffffff }), 422],
    ["compressed", wavFile(tone, { tag: 0x11 }), 415],
    ["too long", wavFile(new Uint8Array(2 * 16001)), 413],
  ];
  for (const [name, bytes, status] of cases) {
    assert.equal(statusOf(() => readWav(part(bytes), limits)), status, name);
  }
});

Deno.test("readPcm() refuses wrong parameters and broken samples", () => {
  const tone = toneBytes(800);
  const cases: [Record<string, string>, number][] = [
    [{}, 422],
    [{ rate: "fast" }, 422],
    [{ rate: "-8000" }, 422],
    [{ rate: "100" }, 422],
    [{ rate: "8000", channels: "1.5" }, 422],
    [{ rate: "8000", channels: "1e9" }, 422],
    [{ rate: "8000", channels: "3" }, 422],
    [{ rate: "8000", encoding: "mulaw" }, 415],
  ];
  for (const [parameters, status] of cases) {
    const refused = statusOf(() => readPcm(part(tone, "audio/pcm", parameters), limits));
    assert.equal(refused, status, JSON.stringify(parameters));
  }
  const long = part(new Uint8Array(2 * 16001), "audio/l16", { rate: "8000" });
  assert.equal(statusOf(() => readPcm(long, limits)), 413);
});
