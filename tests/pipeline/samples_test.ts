import assert from "node:assert/strict";
import type { Clip } from "../../src/corpus/clip.ts";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import { ClassError, usableClasses } from "../../src/pipeline/samples/classes.ts";
import { makeSamples, type Sample } from "../../src/pipeline/samples/samples.ts";
import { ravdessCorpus } from "../corpus/ravdess_corpus.ts";

function clips(...files: string[]): readonly Clip[] {
  return ravdessCorpus(files).clips;
}

const files = ({ picture, sound }: Sample) => ({
  picture: picture.map(({ file }) => file),
  sound: sound.map(({ file }) => file),
});

const AV = "01-01-02-01-01-01-01.mp4";
const SILENT_TWIN = "02-01-02-01-01-01-01.mp4";
const VOICE = "03-01-02-01-01-01-01.flac";

Deno.test("makeSamples() takes every file as a sample for the tutorial, silent twins too", () => {
  const { samples, skipped } = makeSamples(clips(AV, SILENT_TWIN), {
    modality: "av",
    mergeTwins: false,
  });
  assert.deepEqual(samples.map(files), [
    { picture: [AV], sound: [AV] },
    { picture: [SILENT_TWIN], sound: [SILENT_TWIN] },
  ]);
  assert.deepEqual(skipped, []);
});

Deno.test("makeSamples() merges the files of a take, best file first", () => {
  const { samples } = makeSamples(clips(AV, SILENT_TWIN, VOICE), {
    modality: "av",
    mergeTwins: true,
  });
  assert.deepEqual(samples.map(files), [
    { picture: [AV, SILENT_TWIN], sound: [AV, VOICE] },
  ]);
});

Deno.test("makeSamples() joins a picture and a voice that lie in different files", () => {
  const { samples } = makeSamples(clips(SILENT_TWIN, VOICE), { modality: "av", mergeTwins: true });
  assert.deepEqual(samples.map(files), [{ picture: [SILENT_TWIN], sound: [VOICE] }]);
});

Deno.test("makeSamples() never takes the silence of a 02- file for a voice when it merges", () => {
  const { samples, skipped } = makeSamples(clips(SILENT_TWIN), {
    modality: "av",
    mergeTwins: true,
  });
  assert.deepEqual(samples, []);
  assert.equal(skipped[0].file, SILENT_TWIN);
  assert.match(skipped[0].reason, /video-only/);
  assert.equal(
    makeSamples(clips(SILENT_TWIN), { modality: "video", mergeTwins: true }).samples.length,
    1,
  );
});

Deno.test("makeSamples() skips sound files by name where the picture is needed", () => {
  const { samples, skipped } = makeSamples(clips(VOICE), { modality: "av", mergeTwins: false });
  assert.deepEqual(samples, []);
  assert.match(skipped[0].reason, /audio-only/);
  assert.equal(
    makeSamples(clips(VOICE), { modality: "audio", mergeTwins: false }).samples.length,
    1,
  );
});

Deno.test("usableClasses() leaves out classes with one sample and names their files", () => {
  const { samples } = makeSamples(
    clips(
      "01-01-02-01-01-01-01.mp4",
      "01-01-02-01-02-01-01.mp4",
      "01-01-05-01-01-01-01.mp4",
      "01-01-05-01-02-01-01.mp4",
      "01-01-04-01-01-01-01.mp4",
    ),
    { modality: "av", mergeTwins: true },
  );
  const { classes, kept, skipped } = usableClasses(samples, (sample) => sample, RAVDESS);
  assert.deepEqual(classes, ["calm", "angry"]);
  assert.equal(kept.length, 4);
  assert.deepEqual(skipped.map(({ file }) => file), ["01-01-04-01-01-01-01.mp4"]);
});

Deno.test("usableClasses() says which classes there are when fewer than two can be learned", () => {
  const { samples } = makeSamples(
    clips("01-01-02-01-01-01-01.mp4", "01-01-02-01-02-01-01.mp4", "01-01-05-01-01-01-01.mp4"),
    { modality: "av", mergeTwins: true },
  );
  assert.throws(() => usableClasses(samples, (sample) => sample, RAVDESS), (error) => {
    assert(error instanceof ClassError);
    assert.match(error.message, /calm 2, angry 1/);
    return true;
  });
  assert.throws(() => usableClasses([], (sample: Sample) => sample, RAVDESS), /no usable sample/);
});
