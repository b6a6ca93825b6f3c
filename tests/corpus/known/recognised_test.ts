import assert from "node:assert/strict";
import { CORPORA } from "../../../src/corpus/registry.ts";
import { scanCorpus } from "../../../src/corpus/scan.ts";
import { parseEmoDbName } from "../../../src/corpus/emo_db/name.ts";
import { parseSaveeName } from "../../../src/corpus/savee/name.ts";
import { parseTessName } from "../../../src/corpus/tess/name.ts";
import { withFiles } from "../../with_folder.ts";

/** Files of each corpus as they are published, with the labels and the speakers that they show. */
const FOLDERS: Readonly<Record<string, readonly [string, string, string][]>> = {
  "ravdess": [["Actor_12/03-01-05-01-02-01-12.wav", "angry", "12"]],
  "crema-d": [["AudioWAV/1091_WSI_NEU_XX.wav", "neutral", "1091"]],
  "emo-db": [["wav/03a01Fa.wav", "happy", "3"], ["wav/16b10Lb.wav", "bored", "16"]],
  "savee": [["AudioData/DC/su15.wav", "surprised", "DC"], ["KL_n30.wav", "neutral", "KL"]],
  "tess": [["OAF_Fear/OAF_back_fear.wav", "fearful", "OAF"], [
    "YAF_dog_ps.wav",
    "surprised",
    "YAF",
  ]],
};

for (const [name, files] of Object.entries(FOLDERS)) {
  Deno.test(`scanCorpus() recognises ${name} by its names`, () =>
    withFiles(files.map(([file]) => file), async (dir) => {
      const { corpus, clips, skipped } = await scanCorpus(dir);
      assert.equal(corpus.name, name);
      assert.deepEqual(skipped, []);
      const found = clips.map(({ file, label, speaker }) => [file, label, speaker]);
      assert.deepEqual(found.sort(), files.toSorted());
      assert(clips.every((clip) => clip.corpus === name && corpus.labels.includes(clip.label)));
    }));
}

Deno.test("no name of one corpus is one of another's", () => {
  for (const [name, files] of Object.entries(FOLDERS)) {
    for (const [file] of files) {
      const fits = CORPORA.filter((corpus) => corpus.isNamed(file)).map(({ name }) => name);
      assert.deepEqual(fits, [name], file);
    }
  }
});

Deno.test("every corpus names its example its own, and its published folds no speaker twice", () => {
  for (const { title, example, folds, takeOf } of CORPORA) {
    assert(takeOf(example) !== undefined, title);
    for (const { name, speakers } of folds) {
      const all = speakers.flat();
      assert.equal(new Set(all).size, all.length, `${title}: ${name}`);
    }
  }
});

Deno.test("names that are nearly those of a corpus are none", () => {
  assert(["03a03Fa", "04a01Fa", "03a01Xa", "03a01Fab"].every((name) => !parseEmoDbName(name)));
  assert(
    ["DC/su16", "DC/n31", "DC/a0", "su15", "XX/su15", "DC/sx15"].every((name) =>
      !parseSaveeName(name)
    ),
  );
  assert(
    ["OAF_back", "OAF_back_calm", "ZAF_back_fear", "OAF__fear"].every((name) =>
      !parseTessName(name)
    ),
  );
});
