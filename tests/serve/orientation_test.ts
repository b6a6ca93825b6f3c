import assert from "node:assert/strict";
import { encode as encodePng } from "fast-png";
import { decodeJpeg, jpegSize } from "../../src/serve/input/decode_jpeg.ts";
import { decodePng, pngSize } from "../../src/serve/input/decode_png.ts";
import { exifOrientation } from "../../src/serve/input/exif_orientation.ts";
import { readPictures } from "../../src/serve/input/read_pictures.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { jpegFile, pngFile } from "./clips.ts";
import {
  exifOf,
  exifSegment,
  orientedJpeg,
  orientedPng,
  type Rgb,
  segment,
  storedAs,
  withExifChunk,
  withSegments,
} from "./exif.ts";
import { fakeApp } from "./fake_app.ts";

const ALL = [1, 2, 3, 4, 5, 6, 7, 8];
const BLOCK = 16;
/** Three blocks by two, no two of one colour: however it is turned wrongly, it shows. */
const COLOURS = [
  ...[[250, 10, 10], [10, 250, 10], [10, 10, 250]],
  ...[[250, 250, 10], [10, 250, 250], [120, 120, 120]],
];

function blocks(): Rgb {
  const [width, height] = [3 * BLOCK, 2 * BLOCK];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return COLOURS[3 * Math.floor(y / BLOCK) + Math.floor(x / BLOCK)][i % 3];
  });
  return { width, height, data };
}

function assertClose(actual: Rgb, expected: Rgb, tolerance: number, name: string): void {
  assert.deepEqual([actual.width, actual.height], [expected.width, expected.height], name);
  const worst = actual.data.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - expected.data[i])),
    0,
  );
  assert.ok(worst <= tolerance, `${name}: a pixel is off by ${worst}`);
}

Deno.test("a JPEG of every orientation is decoded as it is to be shown", () => {
  for (const orientation of ALL) {
    const file = orientedJpeg(blocks(), orientation);
    assert.deepEqual(jpegSize(file), { width: 3 * BLOCK, height: 2 * BLOCK });
    assertClose(decodeJpeg(file), blocks(), 12, `${orientation}`);
  }
});

Deno.test("a PNG of every orientation is decoded as it is to be shown, to the pixel", () => {
  for (const orientation of ALL) {
    const file = orientedPng(blocks(), orientation);
    assert.deepEqual(pngSize(file), { width: 3 * BLOCK, height: 2 * BLOCK });
    assertClose(decodePng(file), blocks(), 0, `${orientation}`);
  }
});

Deno.test("exifOrientation() reads either byte order, and nothing of what is broken", () => {
  for (const orientation of ALL) {
    for (const littleEndian of [false, true]) {
      assert.equal(exifOrientation(exifOf(orientation, littleEndian)), orientation);
    }
  }
  const good = exifOf(6);
  const patched = (at: number, ...bytes: number[]) => {
    const copy = good.slice();
    copy.set(bytes, at);
    return copy;
  };
  const broken: Record<string, Uint8Array> = {
    "orientation 0": exifOf(0),
    "orientation 9": exifOf(9),
    "orientation 65535": exifOf(65535),
    "nothing": new Uint8Array(),
    "no byte order": patched(0, 0x49, 0x4d),
    "no 42": patched(2, 0, 43),
    "a directory beyond its end": patched(4, 0, 0, 0, 200),
    "a directory 4 GB away": patched(4, 0xff, 0xff, 0xff, 0xff),
    "no entries": patched(8, 0, 0),
    "another tag": patched(22, 1, 0x13),
    "another type": patched(24, 0, 4),
  };
  for (const [name, tiff] of Object.entries(broken)) {
    assert.equal(exifOrientation(tiff), undefined, name);
  }
  // Wherever it is cut, before the number is there.
  for (let length = 0; length < 34; length++) {
    assert.equal(exifOrientation(good.subarray(0, length)), undefined, `${length} bytes`);
  }
  // More entries than there are, but the one that counts.
  assert.equal(exifOrientation(patched(8, 0xff, 0xff)), 6);
  // A view that does not begin where its buffer does.
  const shifted = new Uint8Array([0, 0, 0, ...good]);
  assert.equal(exifOrientation(shifted.subarray(3)), 6);
});

Deno.test("EXIF counts wherever it lies before the picture, and others' remarks do not", () => {
  const file = jpegFile([1, 2, 3], 16, 8);
  const isTurned = (...segments: number[][]) =>
    jpegSize(withSegments(file, ...segments)).width === 8;
  const exif = exifSegment(exifOf(6));
  const jfif = segment(0xe0, "JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
  const xmp = segment(0xe1, "http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation='3'/>");
  const icc = segment(0xe2, "ICC_PROFILE\0\x01\x01" + "\xff\xd9".repeat(40));
  const thumbnail = new Uint8Array([...exifOf(6), ...jpegFile([9, 9, 9], 32, 32)]);
  assert.ok(!isTurned());
  assert.ok(isTurned(exif));
  assert.ok(isTurned(jfif, exif), "after JFIF");
  assert.ok(isTurned(xmp, icc, exif), "after XMP and ICC");
  assert.ok(isTurned(exif, xmp), "before XMP");
  assert.ok(isTurned([0xff, 0xff, 0xff], exif), "after fill bytes");
  assert.ok(isTurned(exifSegment(thumbnail)), "with a thumbnail");
  assert.ok(isTurned(exifSegment(new Uint8Array(20)), exif), "after broken EXIF");
  assert.ok(isTurned(exif, exifSegment(exifOf(1))), "the first one that says so");
  assert.ok(!isTurned(exifSegment(exifOf(1)), exif), "the first one that says so");
  assert.ok(!isTurned(segment(0xe2, new Uint8Array([...exif.slice(4)]))), "in APP2");
  assert.ok(!isTurned(segment(0xe1, "Exif\0\0MM\0*")), "cut");
  const { data } = decodeJpeg(withSegments(file, segment(0xe1, "Exif\0\0"), xmp));
  assert.equal(data.length, 16 * 8 * 3, "broken EXIF is no reason to refuse a picture");
  const png = pngFile(16, 8);
  assert.deepEqual(pngSize(withExifChunk(png, exifOf(6))), { width: 8, height: 16 });
  assert.deepEqual(pngSize(withExifChunk(png, exifOf(60))), { width: 16, height: 8 });
  assert.deepEqual(decodePng(withExifChunk(png, new Uint8Array(3))).width, 16);
});

Deno.test("sizes are those that are shown: limits, and one size for all frames of a clip", () => {
  const limits = serveLimits({ maxPixels: 3 * BLOCK * 2 * BLOCK });
  const part = (bytes: Uint8Array<ArrayBuffer>) => ({
    ...{ name: "frames", type: "image/jpeg", parameters: {}, bytes },
  });
  const turned = part(orientedJpeg(blocks(), 6));
  const { n, width, height } = readPictures(
    [turned, part(orientedJpeg(blocks(), 1)), part(orientedPng(blocks(), 8))],
    10,
    limits,
  );
  assert.deepEqual([n, width, height], [3, 3 * BLOCK, 2 * BLOCK]);
  const lying = part(orientedJpeg(storedAs(blocks(), 6), 1));
  assert.throws(() => readPictures([turned, lying], 10, limits), /first has 48 x 32 .* 32 x 48/);
  assert.throws(
    () => readPictures([turned], 1, { ...limits, maxPixels: 1000 }),
    /a frame has 48 x 32 pixels/,
  );
});

Deno.test("POST /v1/predict judges a picture as it is to be shown", async () => {
  const { post } = fakeApp();
  // The fake model looks at the first pixel's red: 250 where it is shown upright.
  for (const orientation of ALL) {
    const cases: [string, BodyInit, string?][] = [
      ["jpeg", orientedJpeg(blocks(), orientation), "image/jpeg"],
      ["png", orientedPng(blocks(), orientation), "image/png"],
      ["octets", orientedJpeg(blocks(), orientation)],
      [
        "json",
        JSON.stringify({ frames: { images: [orientedPng(blocks(), orientation).toBase64()] } }),
        "application/json",
      ],
    ];
    for (const [name, body, type] of cases) {
      const response = await post(body, type);
      assert.equal(response.status, 200, `${name}: ${await response.clone().text()}`);
      const { probabilities } = await response.json();
      assert.ok(probabilities.angry > 0.95, `${name} ${orientation}: ${probabilities.angry}`);
    }
  }
});

Deno.test("decodePng() takes 16 bits and palettes with EXIF, too", () => {
  const deep = encodePng({
    ...{ width: 2, height: 1, channels: 1, depth: 16, data: new Uint16Array([0x0700, 0xff12]) },
  });
  const { width, height, data } = decodePng(withExifChunk(new Uint8Array(deep), exifOf(3)));
  assert.deepEqual([width, height], [2, 1]);
  assert.deepEqual(Array.from(data), [255, 255, 255, 7, 7, 7]);
});
