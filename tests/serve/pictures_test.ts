import { zlibSync } from "fflate";
import { encode } from "fast-png";
import assert from "node:assert/strict";
import { decodeJpeg, jpegSize } from "../../src/serve/input/decode_jpeg.ts";
import { decodePng, pngSize } from "../../src/serve/input/decode_png.ts";
import { readPictures, readRawFrames } from "../../src/serve/input/read_pictures.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { ihdr, jpegFile, pngFile, pngOf } from "./clips.ts";

const limits = serveLimits({ maxSeconds: 2, maxPixels: 10_000, maxFrames: 20 });
const part = (bytes: Uint8Array<ArrayBuffer>) => ({
  ...{ name: "frames", type: "", parameters: {}, bytes },
});
const problem = (status: number, message?: RegExp) => (error: Error & { status?: number }) => {
  assert.equal(error.status, status, error.message);
  if (message) assert.match(error.message, message);
  return true;
};

Deno.test("decodeJpeg() gives RGB of the size in the header", () => {
  const bytes = jpegFile([200, 100, 50], 16, 8);
  assert.deepEqual(jpegSize(bytes), { width: 16, height: 8 });
  const { data } = decodeJpeg(bytes);
  assert.equal(data.length, 16 * 8 * 3);
  [200, 100, 50].forEach((value, c) => assert.ok(Math.abs(data[c] - value) <= 4));
});

Deno.test("decodeJpeg() reads progressive pictures, pictures in grey and in CMYK", async () => {
  const [width, height] = [40, 24];
  // The picture that make_pictures.py draws.
  const drawn = Array.from({ length: height * width }, (_, i) => {
    const [y, x] = [Math.floor(i / width), i % width];
    if (y < 8 && x < 8) return [230, 20, 20];
    return [Math.floor(x * 255 / (width - 1)), Math.floor(y * 255 / (height - 1)), 128];
  });
  const grey = drawn.map(([r, g, b]) => Array(3).fill(0.299 * r + 0.587 * g + 0.114 * b));
  for (const kind of ["colour", "cmyk", "grey"]) {
    for (const name of [kind, `${kind}_progressive`]) {
      const file = new URL(`../fixtures/pictures/${name}.jpg`, import.meta.url);
      const bytes = await Deno.readFile(file);
      assert.deepEqual(jpegSize(bytes), { width, height });
      const expected = (kind === "grey" ? grey : drawn).flat();
      const { data } = decodeJpeg(bytes);
      assert.equal(data.length, expected.length);
      const off = data.reduce((sum, value, i) => sum + Math.abs(value - expected[i]), 0);
      assert.ok(off / data.length < 5, `${name}: ${off / data.length}`);
    }
  }
});

Deno.test("jpegSize() refuses what is no JPEG, and hostile ones", () => {
  const good = jpegFile();
  for (
    const bytes of [new Uint8Array(), new Uint8Array(100), good.slice(0, 2), good.slice(0, 20)]
  ) {
    assert.throws(() => jpegSize(bytes), problem(422));
  }
  const sof = [0xff, 0xc0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0];
  const scan = [0xff, 0xda, 0, 2];
  const scans = (n: number) =>
    new Uint8Array([0xff, 0xd8, ...sof, ...Array(n).fill(scan).flat(), 0xff, 0xd9]);
  assert.deepEqual(jpegSize(scans(64)), { width: 16, height: 8 });
  assert.throws(() => jpegSize(scans(65)), problem(422, /passes/));
  const twice = new Uint8Array([0xff, 0xd8, ...sof, ...sof, 0xff, 0xd9]);
  assert.throws(() => jpegSize(twice), problem(422, /two pictures/));
});

Deno.test("decodeJpeg() refuses a damaged JPEG", () => {
  const good = jpegFile([10, 20, 30], 64, 64);
  assert.throws(() => decodeJpeg(good.slice(0, 300)), problem(422));
});

Deno.test("decodePng() reads every colour type as RGB", () => {
  const png = (options: Parameters<typeof encode>[0]) => new Uint8Array(encode(options));
  const rgb = (bytes: Uint8Array<ArrayBuffer>) => Array.from(decodePng(bytes).data);
  const size = { width: 2, height: 1 };
  assert.deepEqual(
    rgb(png({ ...size, channels: 3, data: new Uint8Array([1, 2, 3, 4, 5, 6]) })),
    [1, 2, 3, 4, 5, 6],
  );
  assert.deepEqual(
    rgb(png({ ...size, channels: 4, data: new Uint8Array([1, 2, 3, 9, 4, 5, 6, 9]) })),
    [1, 2, 3, 4, 5, 6],
  );
  assert.deepEqual(rgb(png({ ...size, channels: 1, data: new Uint8Array([7, 8]) })), [
    ...[7, 7, 7, 8, 8, 8],
  ]);
  assert.deepEqual(rgb(png({ ...size, channels: 2, data: new Uint8Array([7, 0, 8, 0]) })), [
    ...[7, 7, 7, 8, 8, 8],
  ]);
  const deep = png({ ...size, channels: 1, depth: 16, data: new Uint16Array([0x0700, 0xff12]) });
  assert.deepEqual(rgb(deep), [7, 7, 7, 255, 255, 255]);
  // One bit a pixel, from the byte's upper end; each row begins a byte.
  const bits = pngOf([
    ["IHDR", ihdr(2, 2, 1, 0)],
    ["IDAT", zlibSync(new Uint8Array([0, 0b10_000000, 0, 0b01_000000]))],
    ["IEND", new Uint8Array()],
  ]);
  assert.deepEqual(rgb(bits), [255, 255, 255, 0, 0, 0, 0, 0, 0, 255, 255, 255]);
  const palette = pngOf([
    ["IHDR", ihdr(2, 1, 8, 3)],
    ["PLTE", new Uint8Array([1, 2, 3, 4, 5, 6])],
    ["tRNS", new Uint8Array([0])],
    ["IDAT", zlibSync(new Uint8Array([0, 1, 0]))],
    ["IEND", new Uint8Array()],
  ]);
  assert.deepEqual(rgb(palette), [4, 5, 6, 1, 2, 3]);
});

Deno.test("decodePng() refuses bombs without inflating them", () => {
  const chunks = (data: Uint8Array) =>
    pngOf([["IHDR", ihdr(4, 4)], ["IDAT", zlibSync(data)], ["IEND", new Uint8Array()]]);
  assert.throws(() => decodePng(chunks(new Uint8Array(50e6))), problem(422, /inflates to more/));
  assert.throws(() => decodePng(chunks(new Uint8Array(20))), problem(422, /pixels are missing/));
  // A colour profile that would inflate to 50 MB is never looked at.
  const profile = new Uint8Array([
    ...new TextEncoder().encode("icc\0\0"),
    ...zlibSync(new Uint8Array(50e6)),
  ]);
  const hidden = pngOf([
    ["IHDR", ihdr(1, 1)],
    ["iCCP", profile],
    ["IDAT", zlibSync(new Uint8Array([0, 1, 2, 3]))],
    ["IEND", new Uint8Array()],
  ]);
  assert.deepEqual(Array.from(decodePng(hidden).data), [1, 2, 3]);
});

Deno.test("pngSize() and decodePng() refuse what is damaged", () => {
  const good = pngFile();
  for (const bytes of [new Uint8Array(), new Uint8Array(40), good.slice(0, 30)]) {
    assert.throws(() => pngSize(bytes), problem(422));
  }
  for (const header of [ihdr(0, 4), ihdr(4, 4, 3), ihdr(4, 4, 8, 5), ihdr(4, 4, 8, 2, 7)]) {
    assert.throws(() => pngSize(pngOf([["IHDR", header]])), problem(422));
  }
  assert.throws(() => decodePng(good.slice(0, good.length - 8)), problem(422, /cut/));
  const noise = pngOf([
    ["IHDR", ihdr(4, 4)],
    ["IDAT", new Uint8Array([1, 2, 3, 4, 5])],
    ["IEND", new Uint8Array()],
  ]);
  assert.throws(() => decodePng(noise), problem(422));
});

Deno.test("readPictures() joins pictures of one size in their order", () => {
  const { data, n, width, height, fps } = readPictures(
    [part(pngFile(4, 2, 10)), part(pngFile(4, 2, 20))],
    10,
    limits,
  );
  assert.deepEqual([n, width, height, fps], [2, 4, 2, 10]);
  assert.deepEqual([data[0], data[4 * 2 * 3]], [10, 20]);
});

Deno.test("readPictures() checks sizes before it decodes", () => {
  // No pixel of these is there: their headers are enough to refuse them.
  const huge = pngOf([["IHDR", ihdr(7680, 4320)]]);
  assert.throws(() => readPictures([part(huge)], 1, limits), problem(413, /7680 x 4320/));
  const vast = pngOf([["IHDR", ihdr(2 ** 31 - 1, 2 ** 31 - 1)]]);
  assert.throws(() => readPictures([part(vast)], 1, limits), problem(413));
  const pictures = Array(21).fill(part(pngFile()));
  assert.throws(() => readPictures(pictures, 30, limits), problem(413, /21 frames/));
  assert.throws(() => readPictures(pictures.slice(0, 5), 1, limits), problem(413, /5\.0 s/));
  assert.throws(() => readPictures(pictures.slice(0, 5), undefined, limits), problem(422, /fps/));
  const other = [part(pngFile()), part(pngFile(8, 8))];
  assert.throws(() => readPictures(other, 10, limits), problem(422, /one size/));
  const text = { ...part(pngFile()), type: "text/plain" };
  assert.throws(() => readPictures([text], 10, limits), problem(415));
});

Deno.test("readRawFrames() refuses frames that are not there, or too large", () => {
  const raw = (bytes: number, parameters: Record<string, string>) =>
    readRawFrames({ ...part(new Uint8Array(bytes)), type: "video/raw", parameters }, limits);
  const size = { width: "4", height: "3", fps: "10" };
  assert.equal(raw(72, size).n, 2);
  assert.equal(raw(48, { ...size, sampling: "RGBA" }).channels, 4);
  assert.throws(() => raw(71, size), problem(422, /whole number/));
  assert.throws(() => raw(0, size), problem(422));
  assert.throws(() => raw(72, { ...size, width: "4.5" }), problem(422));
  assert.throws(() => raw(72, { width: "4", height: "3" }), problem(422, /fps/));
  assert.throws(() => raw(72, { ...size, fps: "1e9" }), problem(422, /fps/));
  assert.throws(() => raw(72, { ...size, width: "7680", height: "4320" }), problem(413));
  assert.throws(() => raw(72, { ...size, sampling: "YCbCr-4:2:0" }), problem(415));
  assert.throws(() => raw(72, { ...size, depth: "10" }), problem(415));
});
