import assert from "node:assert/strict";
import { sparingDetector } from "../../../src/vision/faces/sparing_detector.ts";
import { loadFaceDetector } from "../../../src/vision/load_face_detector.ts";
import { facePlace, placeDistance } from "../../../src/vision/faces/face_size.ts";
import { paste, realFace } from "../real_faces.ts";

const [HEIGHT, WIDTH] = [256, 454];

/** A detector that finds the number of its looks, which is told beside it. */
function counting() {
  const count = { looks: 0 };
  const sparing = sparingDetector({
    detect: () => [{ x: ++count.looks, y: 0, width: 9, height: 9, score: 1 }],
  });
  return { count, see: (frame: Uint8Array) => sparing.detect(frame, HEIGHT, WIDTH)[0].x };
}

function grey(value: number): Uint8Array {
  return new Uint8Array(HEIGHT * WIDTH * 3).fill(value);
}

async function faceAt(...places: readonly number[]): Promise<Uint8Array> {
  const frame = grey(128);
  for (const x of places) paste(frame, WIDTH, await realFace("man", 120), x, 60);
  return frame;
}

Deno.test("sparingDetector() looks at a picture once, and at another one", () => {
  const { see } = counting();
  assert.deepEqual([40, 40, 60, 200, 200, 40].map((value) => see(grey(value))), [1, 1, 1, 2, 2, 3]);
});

Deno.test("sparingDetector() adds up small changes until it looks", () => {
  const { see, count } = counting();
  for (let value = 0; value <= 240; value += 10) see(grey(value));
  assert.equal(count.looks, 9);
});

Deno.test("sparingDetector() looks where a face comes, goes, or moves by a tenth of its size", async () => {
  const { see } = counting();
  const [none, one, moved, two] = [
    ...[grey(128), await faceAt(60), await faceAt(72), await faceAt(72, 300)],
  ];
  const frames = [none, one, one, moved, two, two, moved, none];
  assert.deepEqual(frames.map(see), [1, 2, 2, 3, 4, 4, 5, 6]);
});

Deno.test("sparingDetector() looks at pictures of another size", () => {
  let looks = 0;
  const { detect } = sparingDetector({ detect: () => (looks++, []) });
  detect(new Uint8Array(30 * 20 * 3), 20, 30);
  detect(new Uint8Array(30 * 20 * 3), 30, 20);
  detect(new Uint8Array(1 * 17 * 3), 1, 17);
  assert.equal(looks, 3);
});

Deno.test("sparingDetector() is never far from where a moving face is", async () => {
  const detector = await loadFaceDetector();
  let looks = 0;
  const sparing = sparingDetector({ detect: (...asked) => (looks++, detector.detect(...asked)) });
  for (let step = 0; step < 8; step++) {
    const frame = await faceAt(60 + 3 * step);
    const [[known], [real]] = [sparing, detector].map((one) => one.detect(frame, HEIGHT, WIDTH));
    const distance = placeDistance(facePlace(known), facePlace(real));
    assert.ok(distance < 0.15, `step ${step}: ${distance}`);
  }
  assert.ok(looks < 8, `${looks} looks`);
  detector.dispose();
});
