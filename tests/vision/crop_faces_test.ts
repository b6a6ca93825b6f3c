import assert from "node:assert/strict";
import type { FaceDetection, FaceDetector } from "../../models/face_detector.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { cropFaces } from "../../src/vision/crop_faces.ts";
import { faceDetectorHash, loadFaceDetector } from "../../src/vision/load_face_detector.ts";
import { ravdessTest } from "../ravdess.ts";
import { drawnFace } from "./drawn_face.ts";

/** Answers with the given detections in turn, and counts the frames it is shown. */
function scripted(answers: (FaceDetection | undefined)[]): FaceDetector & { seen: number[] } {
  const seen: number[] = [];
  return {
    seen,
    weightsHash: "",
    detect(frame) {
      seen.push(frame[0]);
      return answers[seen.length - 1];
    },
    dispose() {},
  };
}

const face = (x: number, y: number, side: number): FaceDetection => ({
  x,
  y,
  width: side,
  height: side,
  score: 0.9,
});

/** Frames whose every value is the frame's number. */
function numbered(n: number, height: number, width: number): Uint8Array {
  return Uint8Array.from({ length: n * height * width * 3 }, (_, i) => {
    return Math.floor(i / (height * width * 3));
  });
}

Deno.test("cropFaces() looks at every tenth frame and cuts the median box with its margin", () => {
  const detector = scripted([face(40, 20, 20), face(44, 22, 20), face(90, 60, 40)]);
  const crops = cropFaces(detector, numbered(21, 100, 160), { n: 21, height: 100, width: 160 }, {
    size: 8,
    margin: 0.25,
  });
  assert.deepEqual(detector.seen, [0, 10, 20]);
  assert.deepEqual([crops.looked, crops.found], [3, 3]);
  // Median centre (54, 32), median side 20, half as much again.
  assert.deepEqual(crops.box, { x: 39, y: 17, width: 30, height: 30 });
  assert.equal(crops.frames.length, 21 * 8 * 8 * 3);
  assert.deepEqual(
    [0, 7, 20].map((i) => crops.frames[i * 8 * 8 * 3 + 5]),
    [0, 7, 20],
    "every frame is cropped, in order",
  );
});

Deno.test("cropFaces() keeps the square inside the frame", () => {
  const shape = { n: 1, height: 50, width: 80 };
  const crop = (box: FaceDetection) =>
    cropFaces(scripted([box]), numbered(1, 50, 80), shape, { size: 4, margin: 0.5 }).box;
  assert.deepEqual(crop(face(70, 35, 20)), { x: 40, y: 10, width: 40, height: 40 });
  assert.deepEqual(crop(face(-20, -10, 90)), { x: 0, y: 0, width: 50, height: 50 });
});

Deno.test("cropFaces() falls back to the centre square and says that it found nothing", () => {
  const detector = scripted([]);
  const crops = cropFaces(detector, numbered(5, 40, 100), { n: 5, height: 40, width: 100 }, {
    every: 2,
    size: 4,
  });
  assert.deepEqual([crops.looked, crops.found], [3, 0]);
  assert.deepEqual(crops.box, { x: 30, y: 0, width: 40, height: 40 });
});

Deno.test("cropFaces() rejects options out of range", () => {
  const crop = (options: Parameters<typeof cropFaces>[3]) => () =>
    cropFaces(scripted([]), numbered(1, 4, 4), { n: 1, height: 4, width: 4 }, options);
  assert.throws(crop({ every: 0 }), /every must be a positive integer, got 0/);
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
    const found = detector.detect(drawnFace(height, width, cx, cy, radius), height, width);
    const where = `${width} x ${height}, face at ${cx}, ${cy}: ${JSON.stringify(found)}`;
    assert.ok(found !== undefined, where);
    assert.ok(Math.abs(found.x + found.width / 2 - cx) < 0.3 * radius, where);
    assert.ok(Math.abs(found.y + found.height / 2 - cy) < 0.5 * radius, where);
    assert.ok(found.width > radius && found.width < 2.5 * radius, where);
    assert.ok(found.score > 0.5 && found.score <= 1, where);
  }
  assert.equal(detector.detect(new Uint8Array(128 * 227 * 3).fill(200), 128, 227), undefined);
  assert.equal(detector.weightsHash, await faceDetectorHash());
  detector.dispose();
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
      const { looked, found, box } = cropFaces(detector, clip.frames, shape, { size: 32 });
      const where = `${path}: ${JSON.stringify(box)}`;
      assert.equal(found, looked, where);
      assert.ok(box.width >= least * height && box.width <= height, where);
      assert.ok(Math.abs(box.x + box.width / 2 - width / 2) < 0.15 * width, where);
    }
  } finally {
    detector.dispose();
    await decoder.close();
  }
});
