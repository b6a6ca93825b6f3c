import assert from "node:assert/strict";
import { Matrix } from "../../src/numeric/matrix.ts";
import { OneModality } from "../../src/pipeline/fold/one_modality.ts";

const TWO_FRAMES = Matrix.fromRows([
  [0, 10, 2, 20, 4, 30, 6, 40, 8, 50],
]);

Deno.test("OneModality leaves the numbers of one modality in every frame and puts the others to 0", () => {
  const parts = [{ modality: "audio", channels: 3 }, { modality: "video", channels: 2 }] as const;
  assert.deepEqual([...new OneModality(parts, "audio").transform(TWO_FRAMES).row(0)], [
    ...[0, 10, 2, 0, 0],
    ...[30, 6, 40, 0, 0],
  ]);
  assert.deepEqual([...new OneModality(parts, "video").transform(TWO_FRAMES).row(0)], [
    ...[0, 0, 0, 20, 4],
    ...[0, 0, 0, 8, 50],
  ]);
});
