import assert from "node:assert/strict";
import {
  displayFilters,
  type Orientation,
  parseDisplayMatrix,
  UPRIGHT,
} from "../../src/media/display.ts";

const [T, F] = [true, false];

function matrix(a: number, b: number, c: number, d: number): string {
  const [p, q, r, s] = [a, b, c, d].map((value) => Math.round(65536 * value));
  return `\n00000000: ${p} ${q} 0\n00000001: ${r} ${s} 0\n` +
    "00000002: 0 0 1073741824\n";
}

function orientation(transposed: boolean, mirroredX: boolean, mirroredY: boolean): Orientation {
  return { transposed, mirroredX, mirroredY };
}

Deno.test("parseDisplayMatrix() knows all eight ways to lay a picture down", () => {
  const all: [string, Orientation][] = [
    [matrix(1, 0, 0, 1), orientation(F, F, F)],
    [matrix(-1, 0, 0, 1), orientation(F, T, F)],
    [matrix(1, 0, 0, -1), orientation(F, F, T)],
    [matrix(-1, 0, 0, -1), orientation(F, T, T)],
    [matrix(0, 1, 1, 0), orientation(T, F, F)],
    [matrix(0, 1, -1, 0), orientation(T, T, F)],
    [matrix(0, -1, 1, 0), orientation(T, F, T)],
    [matrix(0, -1, -1, 0), orientation(T, T, T)],
  ];
  for (const [text, expected] of all) assert.deepEqual(parseDisplayMatrix(text), expected, text);
});

Deno.test("parseDisplayMatrix() takes the nearest quarter turn, and nonsense for none", () => {
  assert.deepEqual(parseDisplayMatrix(matrix(0.1, 0.9, -0.9, 0.1)), orientation(T, T, F));
  for (const text of ["", "00000000: 1 2", "nothing"]) {
    assert.deepEqual(parseDisplayMatrix(text), UPRIGHT);
  }
});

Deno.test("displayFilters() scales to the stored picture's shape before it turns it", () => {
  const size = { width: 227, height: 128 };
  assert.deepEqual(displayFilters(UPRIGHT, size, "area"), [
    "scale=227:128:flags=area",
    "format=rgb24",
  ]);
  assert.deepEqual(displayFilters(orientation(T, T, F), size, "area"), [
    "scale=128:227:flags=area",
    "format=rgb24",
    "transpose=0",
    "hflip",
  ]);
});
