import assert from "node:assert/strict";
import { type ClipFilter, filterClips } from "../../src/corpus/filter.ts";
import { ravdessCorpus } from "./ravdess_corpus.ts";

const corpus = ravdessCorpus([
  "01-01-01-01-01-01-01.mp4",
  "02-01-05-02-02-01-01.mp4",
  "03-02-05-01-02-02-02.flac",
  "01-01-02-02-01-02-24.mp4",
]);

function kept(filter: ClipFilter): number[] {
  return filterClips(corpus, filter).map((clip) => corpus.clips.indexOf(clip));
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

Deno.test("filterClips() chooses speakers of any corpus, with or without leading zeros", () => {
  assert.deepEqual(kept({ speakers: ["02", 24] }), [2, 3]);
  assert.deepEqual(kept({ speakers: ["Ada"] }), []);
});

Deno.test("filterClips() names a filter that the corpus lacks", () => {
  assert.throws(() => kept({ dialects: ["north"] }), {
    name: "CorpusError",
    message:
      /^\/data: clips of RAVDESS cannot be chosen by "dialects"; allowed: modalities,.*speakers$/,
  });
});
