import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs";
import { createFaceMesh } from "../../models/face_mesh.ts";
import { FACE_MESH_FEATURES } from "../../models/face_mesh_features.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { initBackend } from "../../src/nn/backend.ts";
import { cropFaces } from "../../src/vision/crop_faces.ts";
import { readLandmarks } from "../../src/vision/landmarks/read_landmarks.ts";
import { trackFromEmbeddings } from "../../src/vision/landmarks/track_from_embeddings.ts";
import { loadFaceDetector } from "../../src/vision/load_face_detector.ts";
import { readPackageFile } from "../../src/weights/package_file.ts";
import { ravdessTest } from "../ravdess.ts";
import { drawnFace } from "../vision/drawn_face.ts";

const PACKAGE = "@vladmandic/human";
const manifest = new TextDecoder().decode(
  await readPackageFile({ packageName: PACKAGE, path: "../models/facemesh.json" }),
);
const weights = await readPackageFile({ packageName: PACKAGE, path: "../models/facemesh.bin" });

const SIDE = 200, RADIUS = 66;

/** The mean of points `from` to `to`, both included. */
function centre(points: Float32Array, from: number, to: number): [x: number, y: number] {
  let x = 0, y = 0;
  for (let i = from; i <= to; i++) {
    x += points[2 * i] / (to - from + 1);
    y += points[2 * i + 1] / (to - from + 1);
  }
  return [x, y];
}

Deno.test("createFaceMesh() finds eyes, brows, nose, lips and jaw of a drawn face where they are drawn", async () => {
  await initBackend();
  const mesh = await createFaceMesh({ manifest, weights });
  for (const [cx, cy] of [[100, 100], [92, 108]]) {
    const frame = drawnFace(SIDE, SIDE, cx, cy, RADIUS);
    const points = mesh.embed(frame, { n: 1, height: SIDE, width: SIDE });
    assert.equal(points.length, FACE_MESH_FEATURES);
    assert(points[FACE_MESH_FEATURES - 1] > 0.5, "sure of a face");
    // Where drawnFace() puts them, in units of the face's half-width around its middle.
    for (
      const [name, from, to, u, v] of [
        ["left eye", 36, 41, -0.34, -0.2],
        ["right eye", 42, 47, 0.34, -0.2],
        ["left brow", 17, 21, -0.34, -0.42],
        ["right brow", 22, 26, 0.34, -0.42],
        ["lips", 48, 67, 0, 0.5],
        ["foot of the nose", 31, 35, 0, 0.2],
      ] as const
    ) {
      const [x, y] = centre(points, from, to);
      const off = Math.hypot((x - cx) / RADIUS - u, (y - cy) / RADIUS - v);
      assert(off < 0.25, `${name} of the face at ${cx}, ${cy} is off by ${off.toFixed(2)}`);
    }
    // The jaw runs from the picture's left to its right, its lowest point in the middle.
    const jaw = Array.from({ length: 17 }, (_, i) => [points[2 * i], points[2 * i + 1]]);
    assert(jaw[0][0] < jaw[8][0] && jaw[8][0] < jaw[16][0]);
    assert.equal(jaw.reduce((low, [, y], i) => y > jaw[low][1] ? i : low, 0), 8);
  }
  mesh.dispose();
});

Deno.test("createFaceMesh() gives points in pixels of the frame, whatever its shape", async () => {
  await initBackend();
  const mesh = await createFaceMesh({ manifest, weights });
  const [square] = [mesh.embed(drawnFace(192, 192, 96, 96, 64), { n: 1, height: 192, width: 192 })];
  // The same picture, every pixel twice in a row: as wide again.
  const frame = drawnFace(192, 192, 96, 96, 64);
  const wide = Uint8Array.from(
    { length: 2 * frame.length },
    (_, i) => frame[3 * Math.floor(i / 6) + i % 3],
  );
  const points = mesh.embed(wide, { n: 1, height: 192, width: 384 });
  mesh.dispose();
  for (let i = 0; i < FACE_MESH_FEATURES - 1; i += 2) {
    assert(Math.abs(points[i] - 2 * square[i]) < 3, `x of point ${i / 2}`);
    assert(Math.abs(points[i + 1] - square[i + 1]) < 1.5, `y of point ${i / 2}`);
  }
});

Deno.test("createFaceMesh() is not sure of a face where there is none", async () => {
  await initBackend();
  const mesh = await createFaceMesh({ manifest, weights });
  const grey = new Uint8Array(2 * 64 * 64 * 3).fill(128, 0, 64 * 64 * 3);
  const points = mesh.embed(grey, { n: 2, height: 64, width: 64 });
  mesh.dispose();
  for (const frame of [1, 2]) assert(points[frame * FACE_MESH_FEATURES - 1] < 0.5);
});

Deno.test("createFaceMesh() embeds a frame alike alone and in any batch, and frees its memory", async () => {
  await initBackend();
  const before = tf.memory().numTensors;
  const mesh = await createFaceMesh({ manifest, weights });
  assert.equal(mesh.weightsHash, await sha256Hex(weights));
  const [n, side] = [9, 96];
  const length = side * side * 3;
  const frames = new Uint8Array(n * length);
  for (let i = 0; i < n; i++) frames.set(drawnFace(side, side, 44 + i, 50, 32), i * length);
  const together = mesh.embed(frames, { n, height: side, width: side });
  for (const i of [0, 7, 8]) {
    const frame = frames.subarray(i * length, (i + 1) * length);
    assert.deepEqual(
      mesh.embed(frame, { n: 1, height: side, width: side }),
      together.slice(i * FACE_MESH_FEATURES, (i + 1) * FACE_MESH_FEATURES),
    );
  }
  assert.deepEqual(mesh.embed(new Uint8Array(), { n: 0, height: 8, width: 8 }), new Float32Array());
  assert.throws(() => mesh.embed(new Uint8Array(10), { n: 1, height: 2, width: 2 }), RangeError);
  mesh.dispose();
  assert.equal(tf.memory().numTensors, before);
});

Deno.test("createFaceMesh() rejects files that are damaged or of another network", async () => {
  await initBackend();
  const other = new TextDecoder().decode(
    await readPackageFile({ packageName: PACKAGE, path: "../models/faceres.json" }),
  );
  for (
    const files of [
      { manifest: "{", weights },
      { manifest, weights: weights.slice(0, 1000) },
      { manifest: other, weights },
    ]
  ) {
    await assert.rejects(createFaceMesh(files), {
      name: "WeightsError",
      message: /facemesh\.json/,
    });
  }
});

ravdessTest(
  "the landmarks of real clips are those published for them, within a tenth of the eyes' distance",
  async (dir) => {
    await initBackend();
    const decoder = await createDecoder("wasm");
    const detector = await loadFaceDetector();
    const mesh = await createFaceMesh({ manifest, weights });
    const [width, height, fps] = [454, 256, 10];
    try {
      for (const [actor, take] of [["01", "01-01-01-01-01-01"], ["05", ""]]) {
        const clip = Array.from(Deno.readDirSync(`${dir}/original/Actor_${actor}`), ({ name }) =>
          name)
          .filter((name) => name.startsWith("01-") && name.startsWith(take)).sort()[0];
        const decoded = await decoder.decode(`${dir}/original/Actor_${actor}/${clip}`, {
          ...{ width, height, fps, seconds: 2, sound: false },
        });
        const shape = { n: decoded.frameCount, height, width };
        const crops = cropFaces({ detector }, decoded.frames, shape, fps);
        const points = mesh.embed(crops.frames, {
          n: shape.n,
          height: crops.size,
          width: crops.size,
        });
        const track = trackFromEmbeddings(points, crops, fps)!;
        assert(track.found.every((found) => found === 1), clip);

        const csv = `${dir}/landmarks/Actor_${actor}/${clip.replace(".mp4", ".csv.gz")}`;
        const { track: published } = await readLandmarks(csv);
        const errors: number[] = [];
        track.timestamps.forEach((time, frame) => {
          const other = published.timestamps.findIndex((at) => at >= time - 1e-3);
          const of = (points: Float32Array, row: number, i: number, scale: number) =>
            [points[row * 136 + 2 * i] * scale, points[row * 136 + 2 * i + 1] * scale] as const;
          // The published points are in pixels of 1280 x 720.
          const scale = width / 1280;
          const [left, right] = [36, 45].map((i) => of(published.points, other, i, scale));
          const eyes = Math.hypot(right[0] - left[0], right[1] - left[1]);
          // The jaw's points lie on the same contour, but elsewhere on it.
          for (let i = 17; i < 68; i++) {
            const [x, y] = of(track.points, frame, i, 1);
            const [u, v] = of(published.points, other, i, scale);
            errors.push(Math.hypot(x - u, y - v) / eyes);
          }
        });
        const mean = errors.reduce((sum, error) => sum + error) / errors.length;
        assert(mean < 0.1, `${clip}: ${mean}`);
      }
    } finally {
      mesh.dispose();
      detector.dispose();
      await decoder.close();
    }
  },
);
