import assert from "node:assert/strict";
import { chooseTracks } from "../../../src/predict/faces/choose_tracks.ts";
import { type FaceTrack, followFaces } from "../../../src/vision/faces/follow_faces.ts";

/** A face at `x` that is `size` large, seen in the looks from one to before another. */
function track(x: number, size: number, from: number, to: number): FaceTrack {
  return Array.from({ length: to - from }, (_, i) => ({
    look: from + i,
    face: { x, y: 10, width: size, height: size, score: 1 },
  }));
}

const left = track(0, 20, 0, 20);
const right = track(100, 30, 0, 20);

Deno.test("chooseTracks() takes the largest faces, no more than asked for at any time", () => {
  const later = track(50, 10, 25, 40);
  const all = [right, left, later];
  assert.deepEqual(chooseTracks(all, Infinity), [left, right, later]);
  assert.deepEqual(chooseTracks(all, 2), [left, right, later]);
  assert.deepEqual(chooseTracks(all, 1), [right, later], "one after the other there may be more");
});

Deno.test("chooseTracks() leaves out what is seen for a moment", () => {
  assert.deepEqual(chooseTracks([track(0, 90, 3, 6), left], Infinity), [left]);
  assert.deepEqual(chooseTracks([], 3), []);
});

Deno.test("chooseTracks() keeps apart what followFaces() does", () => {
  const looks = Array.from(
    { length: 20 },
    (_, look) => [left[look].face, right[look].face].sort(() => look % 2 - 0.5),
  );
  assert.deepEqual(chooseTracks(followFaces(looks), Infinity), [left, right]);
});
