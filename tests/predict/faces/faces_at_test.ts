import assert from "node:assert/strict";
import { followLive, followTracks } from "../../../src/predict/faces/faces_at.ts";
import { face } from "../../vision/faces/faces.ts";

const PICTURE = new Uint8Array(3);
const SHAPE = { height: 1, width: 1 };

/** The numbers of the faces that a recording has, picture by picture; `null` looks are at times before the next. */
function numbers(
  looks: readonly (readonly ReturnType<typeof face>[])[],
  most: number,
  every = 0.25,
) {
  let now = 0;
  const facesAt = followLive({ detector: { detect: () => [...looks[now]] }, most });
  return looks.map((_, i) => {
    now = i;
    return facesAt(i * every, PICTURE, SHAPE).map(({ number }) => number);
  });
}

Deno.test("followLive() counts a face from its fourth look on, from left to right, until it is gone", () => {
  const [left, right] = [face(0, 0, 50), face(200, 0, 40)];
  assert.deepEqual(
    numbers([
      ...[[right, left], [left, right], [right, left], [left, right]],
      // A slip of the detector, then for good.
      ...[[left], [left, right], [left], [left], [left], [left], [left]],
    ], 9),
    [[], [], [], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1, 2], [1], [1]],
  );
});

Deno.test("followLive() takes the largest of those that come, and keeps who counts already", () => {
  const [small, large, larger] = [face(0, 0, 30), face(200, 0, 60), face(400, 0, 90)];
  const both = Array.from({ length: 4 }, () => [small, large]);
  const all = Array.from({ length: 5 }, () => [small, large, larger]);
  const seen = numbers([...both, ...all], 1);
  assert.deepEqual(seen.at(3), [1]);
  assert.deepEqual(seen.at(-1), [1]);
});

Deno.test("followLive() waits for as many looks on a slow computer, however long they take", () => {
  const one = [face(0, 0, 50)];
  assert.deepEqual(numbers([one, one, one, one, [], [], one], 9, 2).at(-1), [1]);
});

Deno.test("followLive() looks four times a second however many pictures there are", () => {
  let looks = 0;
  const detect = () => (looks++, []);
  const facesAt = followLive({ detector: { detect }, most: 9 });
  for (let i = 0; i < 25; i++) facesAt(i / 25, PICTURE, SHAPE);
  assert.equal(looks, 4);
});

Deno.test("followTracks() gives the faces of a film while they are there, by their order", () => {
  const at = (look: number) => ({ look, face: face(0, 0, 50) });
  const facesAt = followTracks([[at(0), at(3)], [at(2), at(7)]]);
  const times = [0, 0.5, 0.9, 1, 1.9, 2];
  assert.deepEqual(
    times.map((time) => facesAt(time, PICTURE, SHAPE).map(({ number }) => number)),
    [[1], [1, 2], [1, 2], [2], [2], []],
  );
});
