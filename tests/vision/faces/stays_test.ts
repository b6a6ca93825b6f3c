import assert from "node:assert/strict";
import { divideFrames } from "../../../src/vision/faces/divide_frames.ts";
import { findCut } from "../../../src/vision/faces/find_cut.ts";
import { nearestCounted } from "../../../src/vision/faces/nearest_counted.ts";
import { splitStays } from "../../../src/vision/faces/split_stays.ts";
import { face } from "./faces.ts";

const [height, width] = [6, 8];

/** Frames that are all of one value each. */
function flat(values: readonly number[]): Uint8Array {
  const frames = new Uint8Array(values.length * height * width * 3);
  values.forEach((value, i) => frames.fill(value, i * height * width * 3));
  return frames;
}

Deno.test("splitStays() keeps a head that moves in one stay, and begins another where it is elsewhere", () => {
  const faces = [face(0, 0, 100), face(30, 0, 110), undefined, face(10, 5, 95), face(200, 0, 100)];
  assert.deepEqual(splitStays(faces).map(({ looks }) => looks), [[0, 1, 3], [4]]);
});

Deno.test("splitStays() divides the walk of somebody who crosses the picture", () => {
  const walk = Array.from({ length: 8 }, (_, look) => face(40 * look, 0, 100));
  const stays = splitStays(walk);
  assert.ok(stays.length > 1);
  for (const { faces } of stays) {
    const xs = faces.map(({ x }) => x);
    assert.ok(Math.max(...xs) - Math.min(...xs) < 100, `${xs}`);
  }
});

Deno.test("splitStays() takes a single look elsewhere for a slip, and two for a cut", () => {
  const [here, there] = [face(0, 0, 100), face(300, 0, 100)];
  const looks = (faces: ReturnType<typeof face>[]) => splitStays(faces).map(({ looks }) => looks);
  assert.deepEqual(looks([here, here, there, here]), [[0, 1, 2, 3]]);
  assert.deepEqual(looks([here, there, there, here]), [[0], [1, 2], [3]]);
});

Deno.test("splitStays() divides where the picture zooms", () => {
  assert.equal(splitStays([face(0, 0, 60), face(-20, -20, 100)]).length, 2);
});

Deno.test("findCut() finds the frame with which the picture changes most", () => {
  const frames = flat([10, 12, 11, 200, 199, 150]);
  assert.equal(findCut(frames, { height, width }, 0, 5), 3);
  assert.equal(findCut(frames, { height, width }, 3, 5), 5);
});

Deno.test("findCut() leaves frames that do not change to the look before", () => {
  assert.equal(findCut(flat([7, 7, 7, 7]), { height, width }, 0, 3), 3);
});

Deno.test("divideFrames() divides stays and what lies between them at the cuts", () => {
  const stays = splitStays([face(0, 0, 4), face(0, 0, 4), undefined, face(4, 0, 4)]);
  const frames = flat([10, 10, 10, 90, 90, 90, 90, 200, 200]);
  const stretches = divideFrames(frames, { n: 9, height, width }, [0, 2, 4, 8], stays);
  assert.deepEqual(stretches, [
    { from: 0, to: 3, stay: stays[0] },
    { from: 3, to: 7, stay: undefined },
    { from: 7, to: 9, stay: stays[1] },
  ]);
});

Deno.test("nearestCounted() gives each frame the nearest one that counts", () => {
  assert.deepEqual(nearestCounted(Uint8Array.of(0, 0, 1, 0, 0, 0, 1, 0)), [
    ...[2, 2, 2, 2, 2, 6, 6, 6],
  ]);
  assert.deepEqual(nearestCounted(new Uint8Array(3)), [0, 1, 2]);
});
