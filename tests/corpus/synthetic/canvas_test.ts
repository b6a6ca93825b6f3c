import assert from "node:assert/strict";
import { Canvas } from "../../../src/corpus/synthetic/canvas.ts";
import { ellipse, smoothCurve, stroke } from "../../../src/corpus/synthetic/curves.ts";

/** The area that was painted white on black, in pixels. */
function area(canvas: Canvas): number {
  let sum = 0;
  for (let i = 0; i < canvas.pixels.length; i += 3) sum += canvas.pixels[i] / 255;
  return sum;
}

const WHITE = [255, 255, 255] as const;

Deno.test("Canvas.fill() covers each pixel by the exact share that lies inside", () => {
  const canvas = new Canvas(3, 2);
  canvas.fill([0.25, 0.5, 2.5, 0.5, 2.5, 1.25, 0.25, 1.25], WHITE);
  const shares = Array.from({ length: 6 }, (_, i) => canvas.pixels[i * 3] / 255);
  const expected = [0.375, 0.5, 0.25, 0.1875, 0.25, 0.125];
  shares.forEach((share, i) =>
    assert.ok(Math.abs(share - expected[i]) < 1e-6, `pixel ${i}: ${share}`)
  );
});

Deno.test("Canvas.fill() paints the polygon's area whatever its slant, place and direction", () => {
  const shapes: [number[], number][] = [
    [[2.3, 1.1, 17.9, 4.2, 9.4, 15.8], 0.5 * Math.abs(15.6 * 14.7 - 7.1 * 3.1)],
    [[9.4, 15.8, 17.9, 4.2, 2.3, 1.1], 0.5 * Math.abs(15.6 * 14.7 - 7.1 * 3.1)],
    [ellipse(10.3, 9.7, 7.2, 5.1, 400), Math.PI * 7.2 * 5.1],
    [[1.2, 3.3, 18.7, 3.45, 18.7, 3.6, 1.2, 3.45], 17.5 * 0.15],
  ];
  for (const [path, expected] of shapes) {
    const canvas = new Canvas(20, 20);
    canvas.fill(path, WHITE);
    assert.ok(Math.abs(area(canvas) - expected) < 0.01, `${area(canvas)} for ${expected}`);
  }
});

Deno.test("Canvas.fill() cuts what lies outside the picture and leaves nothing behind", () => {
  const canvas = new Canvas(10, 8);
  canvas.fill(ellipse(0, 0, 6, 6, 400), WHITE);
  assert.ok(Math.abs(area(canvas) - Math.PI * 9) < 0.02);
  canvas.background([0, 0, 0], [0, 0, 0]);
  canvas.fill([-5, -5, 30, -5, 30, 30, -5, 30], WHITE);
  assert.ok(Math.abs(area(canvas) - 80) < 1e-3);
  canvas.background([0, 0, 0], [0, 0, 0]);
  for (const outside of [[-9, 1, -3, 1, -3, 5], [12, 1, 15, 1, 15, 5], [1, -9, 5, -9, 5, -1]]) {
    canvas.fill(outside, WHITE);
  }
  assert.equal(area(canvas), 0);
});

Deno.test("Canvas.fill() mixes colours by opacity", () => {
  const canvas = new Canvas(1, 1);
  canvas.background([100, 100, 100], [100, 100, 100]);
  canvas.fill([0, 0, 1, 0, 1, 1, 0, 1], [200, 100, 0], 0.25);
  assert.deepEqual(Array.from(canvas.pixels), [125, 100, 75]);
});

Deno.test("Canvas.blob() fades to nothing at its rim and keeps to the clip", () => {
  const canvas = new Canvas(20, 20);
  canvas.clip([0, 0, 10, 0, 10, 20, 0, 20]);
  canvas.blob(10, 10, 6, 6, WHITE, 1);
  canvas.unclip();
  const at = (x: number, y: number) => canvas.pixels[(y * 20 + x) * 3];
  assert.ok(at(9, 9) > 230);
  assert.ok(at(6, 9) < at(8, 9));
  assert.equal(at(3, 9), 0);
  assert.equal(at(11, 9), 0);
  canvas.blob(10, 10, 6, 6, WHITE, 1);
  assert.ok(at(11, 9) > 150);
});

Deno.test("stroke() outlines a line of the given thickness", () => {
  const canvas = new Canvas(20, 10);
  canvas.fill(stroke([[2, 5], [10, 5], [18, 5]], [1.5, 1.5, 1.5]), WHITE);
  assert.ok(Math.abs(area(canvas) - 16 * 3) < 0.1);
});

Deno.test("smoothCurve() passes through its points", () => {
  const points = [[0, 0], [3, 5], [7, 1]] as const;
  const path = smoothCurve(points, false, 4);
  assert.equal(path.length, 2 * 9);
  points.forEach(([x, y], i) => assert.deepEqual(path.slice(8 * i, 8 * i + 2), [x, y]));
  assert.equal(smoothCurve(points, true, 4).length, 2 * 12);
});
