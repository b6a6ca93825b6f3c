import assert from "node:assert/strict";
import { resample } from "../../src/vision/resample.ts";

/** A frame whose red, green and blue are functions of the pixel. */
function draw(height: number, width: number, f: (x: number, y: number) => number[]): Uint8Array {
  const frame = new Uint8Array(height * width * 3);
  for (let i = 0; i < height * width; i++) frame.set(f(i % width, Math.floor(i / width)), i * 3);
  return frame;
}

Deno.test("resample() at the same size copies the box", () => {
  const frame = draw(5, 7, (x, y) => [x, y, 10 * x + y]);
  assert.deepEqual(
    resample(frame, { n: 1, height: 5, width: 7 }, { x: 2, y: 1, width: 4, height: 4 }, 4),
    draw(4, 4, (x, y) => [x + 2, y + 1, 10 * (x + 2) + y + 1]),
  );
});

Deno.test("resample() enlarges linearly between pixel centres and repeats the border", () => {
  const frame = draw(2, 2, (x, y) => [100 * x, 100 * y, 50]);
  const out = resample(
    frame,
    { n: 1, height: 2, width: 2 },
    { x: 0, y: 0, width: 2, height: 2 },
    4,
  );
  const level = [0, 25, 75, 100];
  assert.deepEqual(out, draw(4, 4, (x, y) => [level[x], level[y], 50]));
});

Deno.test("resample() averages when it reduces, so that fine stripes become grey", () => {
  const frame = draw(64, 64, (x, y) => [255 * (x % 2), 255 * (y % 2), 255 * ((x + y) % 2)]);
  const out = resample(
    frame,
    { n: 1, height: 64, width: 64 },
    { x: 0, y: 0, width: 64, height: 64 },
    8,
  );
  out.forEach((value) => assert.ok(Math.abs(value - 127.5) < 8, `${value}`));
});

Deno.test("resample() of a box between pixels interpolates", () => {
  const frame = draw(4, 4, (x) => [10 * x, 0, 0]);
  const out = resample(
    frame,
    { n: 1, height: 4, width: 4 },
    { x: 0.5, y: 1, width: 2, height: 2 },
    2,
  );
  assert.deepEqual([out[0], out[3]], [5, 15]);
});

Deno.test("resample() treats every frame alike", () => {
  const one = draw(6, 6, (x, y) => [x * y, x, y]);
  const two = draw(6, 6, (x, y) => [200 - x, y, x]);
  const box = { x: 1, y: 1, width: 5, height: 5 };
  const shape = { height: 6, width: 6 };
  const both = resample(Uint8Array.of(...one, ...two), { n: 2, ...shape }, box, 3);
  assert.deepEqual(both.slice(0, 27), resample(one, { n: 1, ...shape }, box, 3));
  assert.deepEqual(both.slice(27), resample(two, { n: 1, ...shape }, box, 3));
});

Deno.test("resample() rejects a box that leaves the frame", () => {
  const shape = { n: 1, height: 4, width: 4 };
  for (
    const box of [
      { x: 1, y: 0, width: 4, height: 4 },
      { x: -1, y: 0, width: 2, height: 2 },
      { x: 0, y: 0, width: 0, height: 2 },
      { x: NaN, y: 0, width: 2, height: 2 },
    ]
  ) {
    assert.throws(() => resample(new Uint8Array(48), shape, box, 2), {
      name: "RangeError",
      message: /does not lie in a frame of 4 x 4/,
    });
  }
});

Deno.test("resample() to height and width gives each side its own", () => {
  const square = Uint8Array.from({ length: 4 * 4 * 3 }, (_, i) => 10 * Math.floor(i / 12));
  const box = { x: 0, y: 0, width: 4, height: 4 };
  const wide = resample(square, { n: 1, height: 4, width: 4 }, box, { height: 2, width: 8 });
  // Rows 0, 10 and 20 with the weights 3, 3 and 1 of the triangle; and the same from below.
  assert.deepEqual(wide, Uint8Array.from({ length: 2 * 8 * 3 }, (_, i) => i < 24 ? 7 : 23));
  assert.throws(
    () => resample(square, { n: 1, height: 4, width: 4 }, box, { height: 0, width: 8 }),
    /size must be a positive integer, got 0/,
  );
});
