import assert from "node:assert/strict";
import { LANDMARK_SEQUENCE } from "../../src/features/landmark_sequence.ts";
import { Random } from "../../src/numeric/random.ts";
import { alignFace } from "../../src/vision/landmarks/align_face.ts";
import { describeFace, LANDMARK_DESCRIPTORS } from "../../src/vision/landmarks/describe_face.ts";

/** The place of each of the 68 points in a mirrored picture: jaw, brows, nose, eyes, lips, as iBUG 300-W numbers them. */
const MIRROR = [
  [16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
  [26, 25, 24, 23, 22, 21, 20, 19, 18, 17],
  [27, 28, 29, 30, 35, 34, 33, 32, 31],
  [45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40],
  [54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55],
  [64, 63, 62, 61, 60, 67, 66, 65],
].flat();
const WIDTH = 640;

/** A lopsided face that looks aside, in pixels, and the same in a mirrored picture. */
function faces(seed: number): Float32Array[] {
  const random = new Random(seed);
  const face = Float32Array.from({ length: 136 }, () => random.uniform(100, 300));
  // Eyes that are apart: the face is aligned by them.
  for (let i = 36; i < 42; i++) face[2 * i] -= 200;
  for (let i = 42; i < 48; i++) face[2 * i] += 200;
  const mirrored = Float32Array.from(
    face,
    (_, k) => k % 2 === 0 ? WIDTH - face[2 * MIRROR[k >> 1]] : face[2 * MIRROR[k >> 1] + 1],
  );
  return [face, mirrored];
}

Deno.test("a mirrored face has the same descriptors, but for those that are said to change their sign", () => {
  const mirrored = LANDMARK_SEQUENCE.frames.mirrored();
  assert.deepEqual(mirrored.map((i) => LANDMARK_DESCRIPTORS[i]), [
    ...["mouth-shift", "head-turn", "head-tilt", "head-x"],
  ]);
  for (const seed of [1, 2, 3]) {
    const [plain, turned] = faces(seed).map((face, i) => {
      const out = new Float32Array(LANDMARK_DESCRIPTORS.length);
      const rest = { centre: [i === 0 ? 250 : WIDTH - 250, 180], scale: 300 } as const;
      describeFace(alignFace(face), rest, out);
      return out;
    });
    plain.forEach((value, i) => {
      const expected = mirrored.includes(i) ? -value : value;
      assert(Math.abs(turned[i] - expected) < 1e-4, `${LANDMARK_DESCRIPTORS[i]} of ${seed}`);
    });
  }
});
