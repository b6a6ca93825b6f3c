import assert from "node:assert/strict";
import { chooseFaces } from "../../../src/vision/faces/choose_faces.ts";
import { followFaces } from "../../../src/vision/faces/follow_faces.ts";
import { face } from "./faces.ts";

/** A face that is at `x` at every look of `count`. */
const still = (count: number, ...args: Parameters<typeof face>) =>
  Array.from({ length: count }, () => face(...args));

/** Looks that see one face each, or none. */
const each = (faces: readonly ReturnType<typeof face>[]) => faces.map((one) => [one]);

Deno.test("followFaces() joins each face to the nearest of the look before", () => {
  // Two people who walk towards each other without crossing.
  const left = [0, 40, 80].map((x) => face(x, 0, 100));
  const right = [400, 340, 280].map((x) => face(x, 0, 100));
  const tracks = followFaces(left.map((one, look) => [right[look], one]));
  assert.deepEqual(tracks.map((track) => track.map(({ face }) => face)), [right, left]);
});

Deno.test("followFaces() waits three looks for a face, and begins anew after them", () => {
  const seen = face(0, 0, 50);
  const again = face(5, 0, 50);
  const lengths = (missed: number) =>
    followFaces([[seen], ...Array.from({ length: missed }, () => []), [again]])
      .map((track) => track.length);
  assert.deepEqual(lengths(3), [2]);
  assert.deepEqual(lengths(4), [1, 1]);
});

Deno.test("followFaces() takes a face that jumps, or has twice the size, for another one", () => {
  assert.equal(followFaces([[face(0, 0, 50)], [face(60, 0, 50)]]).length, 2);
  assert.equal(followFaces([[face(0, 0, 50)], [face(-30, -30, 110)]]).length, 2);
});

Deno.test("chooseFaces() takes the largest face that is followed, not the best-scored one", () => {
  const [small, large] = [still(4, 0, 0, 44, 0.99), still(4, 200, 0, 141, 0.6)];
  const looks = small.map((one, look) => [one, large[look]]);
  assert.deepEqual(chooseFaces(looks), large);
});

Deno.test("chooseFaces() prefers a face that stays to a larger one that passes", () => {
  const stays = still(8, 0, 0, 60);
  const passes = face(200, 0, 120);
  const looks = stays.map((one, look) => look === 3 ? [passes, one] : [one]);
  assert.deepEqual(chooseFaces(looks), stays);
});

Deno.test("chooseFaces() does not judge a bystander where the judged face does not show", () => {
  const [small, large] = [still(6, 0, 0, 80), still(6, 200, 0, 141)];
  const looks = small.map((one, look) => look === 2 || look > 3 ? [one] : [one, large[look]]);
  assert.deepEqual(chooseFaces(looks), [
    large[0],
    large[1],
    undefined,
    large[3],
    undefined,
    undefined,
  ]);
});

Deno.test("chooseFaces() goes on with the face after a cut, unless it is much smaller", () => {
  const before = still(3, 0, 0, 100);
  const after = still(2, 300, 50, 80);
  assert.deepEqual(chooseFaces([...each(before), ...each(after)]), [...before, ...after]);
  const tiny = still(2, 300, 50, 40);
  assert.deepEqual(chooseFaces([...each(before), ...each(tiny)]), [
    ...before,
    ...[undefined, undefined],
  ]);
});

Deno.test("chooseFaces() gives nothing where nothing was found", () => {
  assert.deepEqual(chooseFaces([[], []]), [undefined, undefined]);
  assert.deepEqual(chooseFaces([]), []);
});
