import assert from "node:assert/strict";
import type { FrameInput } from "../../src/recognize/clip_input.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import type { Prediction } from "../../src/recognize/prediction.ts";
import { faceScenes } from "../adapters/face_scenes.ts";
import { audioVisualModel } from "../adapters/test_models.ts";

const recognizer = await loadRecognizer((await audioVisualModel()).bytes);
const scenes = await faceScenes();
const of = (frames: FrameInput) => recognizer.predict({ frames });

/** How far two predictions are apart. */
function distance(a: Prediction, b: Prediction): number {
  return Math.max(
    ...Object.entries(a.probabilities).map(([label, p]) => Math.abs(p - b.probabilities[label])),
  );
}

Deno.test("predict() judges the large face whether or not a small one stands beside it", () => {
  const [alone, bystander] = [of(scenes.alone), of(scenes.bystander)];
  assert.deepEqual(alone.quality, []);
  assert.deepEqual(alone.face, { looks: 6, found: 6, several: 0, tilted: 0, doubtful: 0 });
  const [shift, other] = [distance(bystander, alone), distance(of(scenes.small), alone)];
  assert.ok(shift < 0.02 && other > 2 * shift, `${shift}, ${other}`);
  assert.deepEqual(bystander.quality, ["several-faces"]);
  assert.deepEqual(bystander.face, { looks: 6, found: 6, several: 6, tilted: 0, doubtful: 0 });
});

Deno.test("predict() follows a face that is elsewhere after a cut", () => {
  const [alone, right, cut] = [of(scenes.alone), of(scenes.right), of(scenes.cut)];
  assert.deepEqual(cut.quality, []);
  // One picture at two places, each cut out a little otherwise: what is seen with the cut lies between the two.
  const apart = distance(alone, right);
  assert.ok(distance(cut, alone) + distance(cut, right) <= 1.1 * apart + 0.01, `${apart}`);
});

Deno.test("predict() does not count frames without the face", () => {
  const [alone, late] = [of(scenes.alone), of(scenes.late)];
  assert.deepEqual(late.quality, ["face-missing"]);
  assert.deepEqual(late.face, { looks: 12, found: 3, several: 0, tilted: 0, doubtful: 0 });
  assert.ok(distance(alone, late) < 1e-6, `${distance(alone, late)}`);
});

Deno.test("predict() flags a face that is upside down", () => {
  const { quality, face } = of(scenes.upsideDown);
  assert.deepEqual(quality, ["face-tilted"]);
  assert.equal(face!.tilted, face!.looks);
});

Deno.test("a stream judges the same face, and counts no window's frames without it", () => {
  const run = (frames: FrameInput) => {
    const stream = recognizer.stream({ windowSeconds: 2, hopSeconds: 2 });
    return [...stream.push({ time: 0, frames }), ...stream.end()];
  };
  const [alone] = run(scenes.alone);
  assert.ok(distance(alone, of(scenes.alone)) < 1e-6);
  const [bystander] = run(scenes.bystander);
  assert.ok(distance(bystander, alone) < 0.02, `${distance(bystander, alone)}`);
  assert.deepEqual(bystander.quality, ["several-faces"]);
  const [before, late] = run(scenes.late);
  assert.deepEqual([before.used, before.quality], [[], ["no-face"]]);
  assert.deepEqual(late.quality, ["face-missing"]);
  assert.deepEqual(late.face, { looks: 6, found: 3, several: 0, tilted: 0, doubtful: 0 });
  assert.ok(distance(alone, late) < 1e-6, `${distance(alone, late)}`);
  const [turned] = run(scenes.upsideDown);
  assert.deepEqual(turned.quality, ["face-tilted"]);
});
