import assert from "node:assert/strict";
import { type ClipFilter, filterClips } from "../../src/corpus/filter.ts";
import { parseRavdessName, performanceId } from "../../src/corpus/ravdess/name.ts";

const clips = [
  "01-01-01-01-01-01-01.mp4",
  "02-01-05-02-02-01-01.mp4",
  "03-02-05-01-02-02-02.flac",
  "01-01-02-02-01-02-24.mp4",
].map((file) => {
  const name = parseRavdessName(file);
  return { path: `/data/${file}`, file, name, performance: performanceId(name) };
});

function kept(filter: ClipFilter): number[] {
  return filterClips(clips, filter).map((clip) => clips.indexOf(clip));
}

Deno.test("filterClips() keeps everything without a filter", () => {
  assert.deepEqual(kept({}), [0, 1, 2, 3]);
  assert.deepEqual(kept({ actors: undefined }), [0, 1, 2, 3]);
});

Deno.test("filterClips() filters by each field", () => {
  assert.deepEqual(kept({ modalities: ["audio-video"] }), [0, 3]);
  assert.deepEqual(kept({ channels: ["song"] }), [2]);
  assert.deepEqual(kept({ emotions: ["angry", "calm"] }), [1, 2, 3]);
  assert.deepEqual(kept({ intensities: ["strong"] }), [1, 3]);
  assert.deepEqual(kept({ statements: [2] }), [1, 2]);
  assert.deepEqual(kept({ repetitions: [1] }), [0, 1]);
  assert.deepEqual(kept({ actors: [2, 24] }), [2, 3]);
});

Deno.test("filterClips() demands every part of the filter, and an empty list keeps nothing", () => {
  assert.deepEqual(kept({ emotions: ["angry"], actors: [1] }), [1]);
  assert.deepEqual(kept({ emotions: [] }), []);
});
