import assert from "node:assert/strict";
import { EXPRESSION_GEOMETRY } from "../../src/features/expression_geometry.ts";
import { EXPRESSION_PEAKS } from "../../src/features/expression_peaks.ts";
import { Random } from "../../src/numeric/random.ts";
import {
  LANDMARK_LEVELS,
  landmarkLevels,
  levelsOf,
} from "../../src/vision/landmarks/landmark_levels.ts";
import { landmarkStatistics } from "../../src/vision/landmarks/landmark_statistics.ts";
import type { LandmarkTrack } from "../../src/vision/landmarks/landmark_track.ts";

/** A face of 68 points anywhere, which trembles over eight frames. */
function track(): LandmarkTrack {
  const random = new Random(7);
  const face = Array.from({ length: 136 }, () => 100 * random.next());
  return {
    points: Float32Array.from({ length: 8 * 136 }, (_, i) => face[i % 136] + random.normal()),
    timestamps: Float64Array.from({ length: 8 }, (_, i) => i / 10),
    found: new Uint8Array(8).fill(1),
  };
}

Deno.test("landmarkLevels() gives those of the statistics that say where the face's own descriptors lie", () => {
  const levels = landmarkLevels(track());
  assert.equal(levels.length, 90);
  assert.deepEqual(levels, levelsOf(landmarkStatistics(track())));
  assert.ok(LANDMARK_LEVELS.every((name) => /^(?!head-).*\/(mean|q\d\d)$/.test(name)));
});

Deno.test("expression-geometry is the peaks of the expressions, then the levels of the landmarks", () => {
  const settings = { frames: 8, fps: 10, channels: 3 };
  const seen = { rows: Float32Array.of(-1, -2, -3, -3, -1, -2), featureSize: 3, fps: 10 };
  const { data } = EXPRESSION_GEOMETRY.compute({ ...seen, track: track() }, settings);
  assert.deepEqual(data.slice(0, 2), EXPRESSION_PEAKS.compute(seen, settings).data);
  assert.deepEqual(data.slice(2), landmarkLevels(track()));
  assert.equal(data.length, EXPRESSION_GEOMETRY.size(settings));
  assert.equal(EXPRESSION_GEOMETRY.names(settings).length, data.length);
});
