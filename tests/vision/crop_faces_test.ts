import assert from "node:assert/strict";
import type { Box, FaceDetection } from "../../models/face_detector.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { cropFaces } from "../../src/vision/crop_faces.ts";
import { faceDetectorHash, loadFaceDetector } from "../../src/vision/load_face_detector.ts";
import { faceScenes } from "../adapters/face_scenes.ts";
import { ravdessTest } from "../ravdess.ts";
import { drawnFace } from "./drawn_face.ts";
import { face, scripted } from "./faces/faces.ts";

/** Frames whose every value is the frame's number. */
function numbered(n: number, height: number, width: number): Uint8Array {
  return Uint8Array.from({ length: n * height * width * 3 }, (_, i) => {
    return Math.floor(i / (height * width * 3));
  });
}

Deno.test("cropFaces() looks three times a second and cuts the median box with its margin", () => {
  const detector = scripted([[face(40, 20, 20)], [face(44, 22, 20)], [face(42, 18, 26)]]);
  const shape = { n: 21, height: 100, width: 160 };
  const crops = cropFaces({ detector }, numbered(21, 100, 160), shape, 30, {
    size: 8,
    margin: 0.25,
  });
  assert.deepEqual(detector.seen, [0, 10, 20]);
  assert.deepEqual(crops.report, { looks: 3, found: 3, several: 0 });
  // Median centre (54, 31), median side 20, half as much again.
  assert.equal(crops.boxes.length, 21);
  for (const box of crops.boxes) assert.deepEqual(box, { x: 39, y: 16, width: 30, height: 30 });
  assert.ok(crops.counts.every((count) => count === 1));
  assert.equal(crops.frames.length, 21 * 8 * 8 * 3);
  assert.deepEqual(
    [0, 7, 20].map((i) => crops.frames[i * 8 * 8 * 3 + 5]),
    [0, 7, 20],
    "every frame is cropped, in order",
  );
});

Deno.test("cropFaces() cuts another square after a cut, at the frame where the picture changes", () => {
  const looks = [[face(10, 10, 20)], [face(12, 10, 20)], [face(100, 50, 24)], [face(100, 50, 24)]];
  const shape = { n: 40, height: 100, width: 160 };
  const frames = numbered(40, 100, 160);
  const cut = 17;
  frames.fill(200, cut * 100 * 160 * 3);
  const { boxes, counts } = cropFaces({ detector: scripted(looks) }, frames, shape, 30, {
    size: 8,
    margin: 0,
  });
  const before = { x: 11, y: 10, width: 20, height: 20 };
  const after = { x: 100, y: 50, width: 24, height: 24 };
  boxes.forEach((box, frame) => assert.deepEqual(box, frame < cut ? before : after, `${frame}`));
  assert.ok(counts.every((count) => count === 1));
});

Deno.test("cropFaces() counts no frame without the face, and puts the nearest one in its place", () => {
  const shape = { n: 40, height: 60, width: 80 };
  const frames = numbered(40, 60, 80);
  frames.fill(255, 13 * 60 * 80 * 3, 25 * 60 * 80 * 3);
  const looks = [[face(10, 10, 20)], [face(10, 10, 20)], [], [face(10, 10, 20)]];
  const { frames: crops, counts, report } = cropFaces(
    { detector: scripted(looks) },
    frames,
    shape,
    30,
    { size: 4 },
  );
  assert.deepEqual(report, { looks: 4, found: 3, several: 0 });
  assert.deepEqual(Array.from(counts.keys()).filter((frame) => counts[frame] === 0), [
    ...Array.from({ length: 12 }, (_, i) => 13 + i),
  ]);
  assert.deepEqual([12, 13, 18, 19, 24, 25].map((frame) => crops[frame * 48]), [
    ...[12, 12, 12, 25, 25, 25],
  ]);
});

Deno.test("cropFaces() counts several faces, but not one that is far smaller", () => {
  const [large, small, tiny] = [face(10, 10, 100), face(150, 0, 30), face(190, 0, 20)];
  const detector = scripted([[small, large], [large, tiny], [large]]);
  const { report, boxes } = cropFaces(
    { detector },
    numbered(3, 120, 220),
    { n: 3, height: 120, width: 220 },
    3,
    { size: 4, margin: 0 },
  );
  assert.deepEqual(report, { looks: 3, found: 3, several: 1 });
  assert.deepEqual(boxes[0], { x: 10, y: 10, width: 100, height: 100 });
});

Deno.test("cropFaces() keeps the square inside the frame", () => {
  const shape = { n: 1, height: 50, width: 80 };
  const crop = (box: FaceDetection) =>
    cropFaces({ detector: scripted([[box]]) }, numbered(1, 50, 80), shape, 30, {
      size: 4,
      margin: 0.5,
    }).boxes[0];
  assert.deepEqual(crop(face(70, 35, 20)), { x: 40, y: 10, width: 40, height: 40 });
  assert.deepEqual(crop(face(-20, -10, 90)), { x: 0, y: 0, width: 50, height: 50 });
});

Deno.test("cropFaces() falls back to the centre square and says that it found nothing", () => {
  const shape = { n: 5, height: 40, width: 100 };
  const crops = cropFaces({ detector: scripted([]) }, numbered(5, 40, 100), shape, 30, {
    every: 2 / 30,
    size: 4,
  });
  assert.deepEqual(crops.report, { looks: 3, found: 0, several: 0 });
  assert.deepEqual(crops.boxes[4], { x: 30, y: 0, width: 40, height: 40 });
  assert.deepEqual(crops.counts, Uint8Array.of(1, 1, 1, 1, 1));
  assert.equal(crops.frames[4 * 48], 4);
});

Deno.test("cropFaces() rejects options out of range", () => {
  const crop = (options: Parameters<typeof cropFaces>[4]) => () =>
    cropFaces(
      { detector: scripted([]) },
      numbered(1, 4, 4),
      { n: 1, height: 4, width: 4 },
      30,
      options,
    );
  assert.throws(crop({ every: 0 }), /every must be positive, got 0/);
  assert.throws(crop({ margin: -1 }), /margin must be 0 or more, got -1/);
  assert.throws(crop({ size: 1.5 }), /size must be a positive integer, got 1.5/);
});

Deno.test("loadFaceDetector() finds a face where it is, whatever the frame's shape", async () => {
  const detector = await loadFaceDetector();
  for (
    const [height, width, cx, cy, radius] of [
      [128, 227, 113, 64, 40],
      [128, 227, 60, 70, 30],
      [256, 454, 300, 120, 80],
      [240, 160, 80, 150, 50],
    ]
  ) {
    const [found, ...others] = detector.detect(
      drawnFace(height, width, cx, cy, radius),
      height,
      width,
    );
    const where = `${width} x ${height}, face at ${cx}, ${cy}: ${JSON.stringify(found)}`;
    assert.ok(found !== undefined, where);
    assert.deepEqual(others, [], where);
    assert.ok(Math.abs(found.x + found.width / 2 - cx) < 0.3 * radius, where);
    assert.ok(Math.abs(found.y + found.height / 2 - cy) < 0.5 * radius, where);
    assert.ok(found.width > radius && found.width < 2.5 * radius, where);
    assert.ok(found.score > 0.5 && found.score <= 1, where);
  }
  assert.deepEqual(detector.detect(new Uint8Array(128 * 227 * 3).fill(200), 128, 227), []);
  assert.equal(detector.weightsHash, await faceDetectorHash());
  detector.dispose();
});

Deno.test("cropFaces() crops photographed faces: the larger one, both places of a cut, no grey", async () => {
  const detector = await loadFaceDetector();
  const scenes = await faceScenes();
  const crop = ({ data, fps, ...shape }: typeof scenes.alone) =>
    cropFaces({ detector }, data, shape, fps, { size: 16 });
  try {
    const { data, height, width } = scenes.bystander;
    const [best] = detector.detect(data.subarray(0, height * width * 3), height, width);
    assert.ok(best.x > 200 && best.width < 60, "the small face has the best score");
    const large = (box: Box) => box.x < 30 && box.x + box.width > 140 && box.width < 180;
    for (const { boxes } of [crop(scenes.alone), crop(scenes.bystander)]) {
      assert.ok(large(boxes[0]), JSON.stringify(boxes[0]));
    }
    const cut = crop(scenes.cut);
    assert.ok(large(cut.boxes[5]) && cut.boxes[6].x > 130, JSON.stringify(cut.boxes));
    assert.deepEqual(Array.from(crop(scenes.late).counts.entries().filter(([, one]) => one)), [
      ...Array.from({ length: 6 }, (_, i) => [18 + i, 1]),
    ]);
    assert.equal(crop(scenes.empty).report.found, 0);
  } finally {
    detector.dispose();
  }
});

ravdessTest("cropFaces() finds the face in real clips, whole and already cropped", async (dir) => {
  const decoder = await createDecoder("wasm");
  const detector = await loadFaceDetector();
  try {
    for (
      const { folder, width, height, least } of [
        // The actor's head is about 0.4 of the picture's width wide and stands in its middle.
        { folder: "original/Actor_01", width: 454, height: 256, least: 0.4 },
        { folder: "original/Actor_05", width: 227, height: 128, least: 0.4 },
        { folder: "crops/Actor_05", width: 224, height: 224, least: 0.7 },
      ]
    ) {
      const [file] = [...Deno.readDirSync(`${dir}/${folder}`)].map(({ name }) => name)
        .filter((name) => name.endsWith(".mp4")).sort();
      const path = `${dir}/${folder}/${file}`;
      const clip = await decoder.decode(path, { width, height, seconds: 1, sound: false });
      const shape = { n: clip.frameCount, height, width };
      const { report, boxes, counts } = cropFaces({ detector }, clip.frames, shape, 30, {
        size: 32,
      });
      const where = `${path}: ${JSON.stringify(boxes[0])}`;
      assert.deepEqual(report, { looks: 3, found: 3, several: 0 }, where);
      assert.equal(new Set(boxes).size, 1, "one square for the whole clip");
      assert.ok(counts.every((count) => count === 1), where);
      const [box] = boxes;
      assert.ok(box.width >= least * height && box.width <= height, where);
      assert.ok(Math.abs(box.x + box.width / 2 - width / 2) < 0.15 * width, where);
    }
  } finally {
    detector.dispose();
    await decoder.close();
  }
});
