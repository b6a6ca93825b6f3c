import assert from "node:assert/strict";
import { suppressOverlaps } from "../../models/suppress_overlaps.ts";

const box = (x: number, y: number, side: number, score: number) => ({
  ...{ x, y, score },
  width: side,
  height: side,
});

Deno.test("suppressOverlaps() keeps the best of boxes on one thing, unchanged, and all other things", () => {
  const best = box(10, 10, 100, 0.9);
  const other = box(300, 10, 40, 0.6);
  const found = [box(14, 8, 104, 0.7), other, best, box(2, 12, 96, 0.8)];
  assert.deepEqual(suppressOverlaps(found), [best, other]);
});

Deno.test("suppressOverlaps() takes a box inside another for a part of it", () => {
  const large = box(0, 0, 100, 0.9);
  assert.deepEqual(suppressOverlaps([large, box(40, 60, 20, 0.8)]), [large]);
});

Deno.test("suppressOverlaps() keeps neighbours that touch", () => {
  const two = [box(0, 0, 100, 0.9), box(80, 0, 100, 0.8)];
  assert.deepEqual(suppressOverlaps(two), two);
  assert.deepEqual(suppressOverlaps([]), []);
});
