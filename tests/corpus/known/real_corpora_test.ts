import assert from "node:assert/strict";
import { describeCorpus } from "../../../src/corpus/describe.ts";
import { formatDescription } from "../../../src/corpus/format_description.ts";
import { scanCorpus } from "../../../src/corpus/scan.ts";
import { testWith } from "../../needs.ts";
import { cremaDDir, emoDbDir } from "../../ravdess.ts";

const AS_NAMED = () =>
  Promise.resolve({ seconds: 2, hasPicture: false, hasSound: true, silent: false });

await testWith(
  ["crema-d"],
  "the published files of CREMA-D are all named, and actors and votes known of each",
  async () => {
    const scanned = await scanCorpus(cremaDDir()!);
    const { corpus, clips, skipped } = scanned;
    assert.equal(corpus.name, "crema-d");
    assert.deepEqual(skipped, []);
    assert(clips.length > 0);
    const labels = new Set(corpus.labels);
    for (const { file, attributes } of clips) {
      assert(["male", "female"].includes(attributes.sex), file);
      assert(Number(attributes.age) >= 20 && Number(attributes.age) <= 74, file);
      assert(attributes.voiceVote.split("|").every((label) => labels.has(label)), file);
    }
    const text = formatDescription(await describeCorpus(scanned, AS_NAMED));
    assert.match(text, /^\d+ clips of \d+ takes: \d+ actors, 6 emotions\n/);
    assert.match(text, /\nSexes: +\d+ female, \d+ male\n/);
  },
);

await testWith(["emo-db"], "the published files of EMO-DB are all named", async () => {
  const { corpus, clips, skipped } = await scanCorpus(emoDbDir()!);
  assert.equal(corpus.name, "emo-db");
  assert.deepEqual(skipped, []);
  assert.deepEqual(new Set(clips.map(({ label }) => label)), new Set(corpus.labels));
});
