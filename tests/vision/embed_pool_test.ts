import assert from "node:assert/strict";
import { EmbedPool } from "../../src/vision/embed_pool.ts";
import { loadBackbone } from "../../src/vision/load_backbone.ts";
import { drawnFace } from "./drawn_face.ts";

const [height, width] = [96, 128];

/** Four frames of a face that moves, the second and third alike. */
function clip(offset: number): Uint8Array<ArrayBuffer> {
  const length = height * width * 3;
  const frames = new Uint8Array(4 * length);
  [0, 3, 3, 5].forEach((dx, i) =>
    frames.set(drawnFace(height, width, 60 + offset + dx, 50, 30), i * length)
  );
  return frames;
}

Deno.test("EmbedPool gives the backbone's own embeddings, whatever the number of workers", async () => {
  const backbone = await loadBackbone("faceres");
  const expected = [0, 4, 8].map((offset) => {
    return backbone.embed(clip(offset), { n: 4, height, width });
  });
  backbone.dispose();
  for (const workers of [1, 2]) {
    using pool = new EmbedPool({ backbone: "faceres", workers });
    const results = await Promise.all(
      [0, 4, 8].map((offset) =>
        pool.embed({ frames: clip(offset), n: 4, height, width, fps: 30, crop: "none" })
      ),
    );
    results.forEach(({ embeddings, featureSize, computed, crop }, i) => {
      assert.deepEqual(embeddings, expected[i]);
      assert.deepEqual([featureSize, computed, crop], [1024, 3, undefined]);
    });
  }
});

Deno.test("EmbedPool crops to the face and reports the box", async () => {
  using pool = new EmbedPool({ face: { size: 64, every: 2 / 30 } });
  const job = { n: 4, height, width, fps: 30 };
  const whole = await pool.embed({ ...job, frames: clip(0), crop: "none" });
  const face = await pool.embed({ ...job, frames: clip(0), crop: "face" });
  assert.deepEqual([face.crop?.report.looks, face.crop?.report.found], [2, 2]);
  const { x, width: side } = face.crop!.boxes[0];
  assert.ok(Math.abs(x + side / 2 - 61.5) < 10, `centre ${x + side / 2}`);
  assert.equal(face.embeddings.length, whole.embeddings.length);
  assert.notDeepEqual(face.embeddings, whole.embeddings);
});

Deno.test("EmbedPool leaves the neighbours of a view alone, and takes a whole buffer over", async () => {
  using pool = new EmbedPool();
  const two = new Uint8Array([...clip(0), ...clip(4)]);
  const view = two.subarray(0, two.length / 2);
  const job = { n: 4, height, width, fps: 30, crop: "none" } as const;
  const a = await pool.embed({ ...job, frames: view });
  assert.equal(two.length, 2 * view.length);
  const own = view.slice();
  const b = await pool.embed({ ...job, frames: own });
  assert.equal(own.length, 0);
  assert.deepEqual(a.embeddings, b.embeddings);
});

Deno.test("EmbedPool passes the reason on when the weights are not there", async () => {
  using pool = new EmbedPool({ backbone: "vgg16-face", weights: "/nowhere/vgg.safetensors" });
  const frames = clip(0);
  await assert.rejects(pool.embed({ frames, n: 4, height, width, fps: 30, crop: "none" }), {
    name: "WorkerJobError",
    original: "WeightsError",
    message: /weights of vgg16-face are not at .*vgg\.safetensors: download .*deno task weights/,
  });
});

Deno.test("EmbedPool rejects frames of another size before it hands them over", async () => {
  using pool = new EmbedPool();
  const frames = clip(0);
  await assert.rejects(
    pool.embed({ frames, n: 5, height, width, fps: 30, crop: "none" }),
    RangeError,
  );
  assert.notEqual(frames.length, 0);
});

Deno.test("EmbedPool rejects unknown backbones, and weights for a backbone that has its own", () => {
  assert.throws(() => new EmbedPool({ backbone: "resnet" as "faceres" }), {
    name: "WeightsError",
    message:
      'there is no backbone "resnet"; there are faceres, vgg16-face, vgg16-random, landmarks, expression, face-api',
  });
  assert.throws(() => new EmbedPool({ backbone: "faceres", weights: "mine.safetensors" }), {
    name: "WeightsError",
    message: /faceres takes no weights file, but mine\.safetensors was given/,
  });
});
