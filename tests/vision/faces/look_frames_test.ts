import assert from "node:assert/strict";
import { lookFrames } from "../../../src/vision/faces/look_frames.ts";

Deno.test("lookFrames() looks at the same times whatever the frame rate", () => {
  const times = (fps: number) => lookFrames(4 * fps, fps).map((frame) => frame / fps);
  const expected = Array.from({ length: 12 }, (_, look) => look / 3);
  for (const fps of [5, 10, 24, 25, 29.97, 30, 50, 60, 120]) {
    assert.equal(times(fps).length, 12, `${fps} fps`);
    times(fps).forEach((time, look) => {
      // The frame that shows then or comes next.
      assert.ok(time > expected[look] - 1e-6 && time < expected[look] + 1 / fps, `${fps} ${time}`);
    });
  }
  assert.deepEqual(times(30), lookFrames(120, 30).map((frame) => frame / 30));
  assert.deepEqual(lookFrames(120, 30), Array.from({ length: 12 }, (_, look) => 10 * look));
});

Deno.test("lookFrames() looks at every frame of a picture slower than the looks", () => {
  assert.deepEqual(lookFrames(5, 2), [0, 1, 2, 3, 4]);
  assert.deepEqual(lookFrames(0, 30), []);
  assert.deepEqual(lookFrames(1, 30), [0]);
});

Deno.test("lookFrames() rejects rates and times that are not positive", () => {
  assert.throws(() => lookFrames(1, 0), /fps must be positive, got 0/);
  assert.throws(() => lookFrames(1, 30, -1), /every must be positive, got -1/);
});
