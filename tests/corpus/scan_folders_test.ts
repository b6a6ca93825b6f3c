import assert from "node:assert/strict";
import { join } from "node:path";
import { CorpusError } from "../../src/corpus/corpus_error.ts";
import { filterClips } from "../../src/corpus/filter.ts";
import { chooseMapped } from "../../src/corpus/label_maps/map_labels.ts";
import { LABEL_MAPS } from "../../src/corpus/label_maps/registry.ts";
import { pathIn, scanFolders } from "../../src/corpus/scan_folders.ts";
import { presetFolds } from "../../src/split/preset_folds.ts";
import { withFiles } from "../with_folder.ts";

/** One speaker is called 8 in both corpora. */
const FILES = [
  ...["a/03-01-05-01-01-01-08.wav", "a/03-01-08-01-01-01-01.wav", "a/03-01-02-01-01-01-01.wav"],
  ...["b/08a01Wa.wav", "b/08a01Lb.wav", "b/x/08a01Wa.wav", "b/other.wav"],
];

function withTwo(work: (dir: string) => Promise<void>): Promise<void> {
  return withFiles(FILES, work);
}

const both = (dir: string) => scanFolders([{ dir: join(dir, "a") }, { dir: join(dir, "b") }]);

Deno.test("scanFolders() keeps speakers and files of two corpora apart", () =>
  withTwo(async (dir) => {
    const { corpus, clips, skipped, folders, why } = await both(dir);
    assert.equal(corpus.name, "ravdess+emo-db");
    assert.deepEqual(
      new Set(clips.map(({ speaker }) => speaker)),
      new Set(["ravdess/1", "ravdess/8", "emo-db/8"]),
    );
    assert.deepEqual(skipped.map(({ file }) => file), ["emo-db/other.wav"]);
    for (const { file, path, copies = [] } of clips) {
      assert.equal(pathIn(file, folders!), path);
      for (const copy of copies) assert.equal(pathIn(copy.file, folders!), copy.path);
    }
    assert.equal(corpus.labels.at(-1), "bored");
    assert.match(
      why!,
      /^RAVDESS, as 3 of 3 .*; EMO-DB, as 3 of 4 media files are named like 03a01Fa$/,
    );
  }));

Deno.test("filterClips() finds speakers of several corpora with the corpus before them and without", () =>
  withTwo(async (dir) => {
    const scanned = await both(dir);
    const speakers = (...wanted: string[]) =>
      new Set(filterClips(scanned, { speakers: wanted }).map(({ speaker }) => speaker));
    assert.deepEqual(speakers("8"), new Set(["ravdess/8", "emo-db/8"]));
    assert.deepEqual(speakers("emo-db/8"), new Set(["emo-db/8"]));
    // A filter that one corpus has leaves nothing of the others.
    assert(filterClips(scanned, { texts: ["a01"] }).every(({ corpus }) => corpus === "emo-db"));
    assert.throws(() => filterClips(scanned, { sentences: ["IEO"] }), CorpusError);
  }));

Deno.test("scanFolders() takes the corpus that it is told, and refuses what it cannot", () =>
  withTwo(async (dir) => {
    const told = await scanFolders([{ dir: join(dir, "a"), corpus: "tess" }]);
    assert.equal(told.corpus.name, "tess");
    assert.equal(told.clips.length, 0);
    const [a, b] = [join(dir, "a"), join(dir, "b")];
    await assert.rejects(
      scanFolders([{ dir: a, corpus: "mine" }]),
      /no such corpus; there are: ravdess, crema-d/,
    );
    await assert.rejects(
      scanFolders([{ dir: b }, { dir: join(b, "x") }]),
      /x: is a folder of EMO-DB, as /,
    );
    await Deno.remove(join(b, "08a01Lb.wav"));
    await Deno.remove(join(a, "03-01-02-01-01-01-01.wav"));
    await assert.rejects(
      scanFolders([{ dir }]),
      (error) =>
        error instanceof CorpusError && error.option === "corpus" &&
        /2 of its files have names of RAVDESS and as many have names of EMO-DB/.test(error.message),
    );
  }));

Deno.test("a label map gives labels before they are chosen, and names those that it lacks", () =>
  withTwo(async (dir) => {
    const scanned = await both(dir);
    const map = LABEL_MAPS.find(({ name }) => name === "valence3")!;
    const { clips, corpus, skipped } = chooseMapped(scanned, {}, map);
    assert.deepEqual(corpus.labels, ["negative", "neutral", "positive"]);
    assert.deepEqual(clips.map(({ file, label }) => [file, label]), [
      ["ravdess/03-01-02-01-01-01-01.wav", "neutral"],
      ["ravdess/03-01-05-01-01-01-08.wav", "negative"],
      ["emo-db/08a01Lb.wav", "negative"],
      ["emo-db/08a01Wa.wav", "negative"],
    ]);
    assert.deepEqual(skipped.at(-1), {
      file: "ravdess/03-01-08-01-01-01-01.wav",
      reason: 'the label map valence3 has no "surprised"',
    });
    const chosen = chooseMapped(scanned, { labels: ["neutral"] }, map);
    assert.deepEqual(chosen.clips.map(({ label }) => label), ["neutral"]);
    // Whom another filter leaves out is not skipped for the label.
    assert.equal(chooseMapped(scanned, { speakers: ["ravdess/8"] }, map).skipped.length, 1);
    assert.throws(
      () => chooseMapped(scanned, { labels: ["angry"] }, map),
      /no clip has the label "angry"; there are: negative, neutral/,
    );
  }));

Deno.test("published folds of one name are joined fold by fold", () =>
  withFiles(["a/03-01-05-01-01-01-05.wav", "b/1019_DFA_ANG_XX.wav"], async (dir) => {
    const { corpus } = await both(dir);
    const [hicmae, ...others] = corpus.folds;
    assert.deepEqual([hicmae.name, others.length], ["hicmae", 0]);
    const at = ["ravdess/5", "crema-d/1019", "ravdess/21", "crema-d/1091"];
    assert.deepEqual(presetFolds(hicmae, at), [
      ["ravdess/5", "crema-d/1019"],
      ["crema-d/1091"],
      ["ravdess/21"],
    ]);
  }));
