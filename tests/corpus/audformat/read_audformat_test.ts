import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CorpusError } from "../../../src/corpus/corpus_error.ts";
import { scanCorpus } from "../../../src/corpus/scan.ts";
import { fileOf } from "../../../src/corpus/span.ts";
import { withFiles } from "../../with_folder.ts";

/** Where `make_audformat.py` writes. */
const FIXTURES = fileURLToPath(new URL("../../fixtures/audformat/", import.meta.url));

/** A row as the Python package reads it. */
interface PackageRow {
  file: string;
  start: number;
  end: number | null;
  label: string | null;
  speaker: string;
  split: string | null;
}

/** A copy of a fixture, with an empty file for each that its rows name. */
async function withDatabase(
  name: string,
  work: (dir: string, rows: PackageRow[]) => Promise<void>,
): Promise<void> {
  const files: Record<string, Uint8Array> = {};
  for (const { name: file } of Deno.readDirSync(join(FIXTURES, name))) {
    files[file] = await Deno.readFile(join(FIXTURES, name, file));
  }
  const rows: PackageRow[] = JSON.parse(new TextDecoder().decode(files["expected.json"]));
  for (const { file } of rows) files[file] = new Uint8Array();
  await withFiles(files, (dir) => work(dir, rows));
}

for (const kind of ["filewise", "segmented"]) {
  for (const form of ["csv", "parquet"]) {
    Deno.test(`a ${kind} database in ${form} gives the rows that the package reads`, () =>
      withDatabase(`${kind}_${form}`, async (dir, rows) => {
        const { clips, skipped, corpus } = await scanCorpus(dir);
        const read = clips.map((clip) => ({
          file: fileOf(clip),
          start: clip.span?.start ?? 0,
          end: clip.span?.end ?? null,
          label: clip.label,
          speaker: clip.speaker,
          split: clip.part ?? null,
        }));
        assert.deepEqual(read, rows.filter(({ label }) => label !== null));
        assert.equal(skipped.length, rows.filter(({ label }) => label === null).length);
        for (const { reason } of skipped) assert.match(reason, /^(line|row) \d.*: no "emotion"$/);
        assert.equal(corpus.title, "toy");
        assert.equal(corpus.card.licence, "CC0-1.0");
      }));
  }
}

Deno.test("what the scheme of speakers or its table tells of them becomes attributes", async () => {
  await withDatabase("filewise_csv", async (dir) => {
    const { clips } = await scanCorpus(dir);
    const of = (name: string) => clips.find(({ file }) => file === name)?.attributes;
    const known = { language: "deu", sex: "female", age: "30", arousal: "0.25" };
    assert.deepEqual(of("a.wav"), known);
    assert.deepEqual(of('b, "c".wav'), { language: "eng", sex: "male" });
  });
  await withDatabase("segmented_parquet", async (dir) => {
    const { clips } = await scanCorpus(dir);
    assert.deepEqual(clips.map(({ attributes: { sex } }) => sex), [
      ...["female", "female", "female", "male"],
    ]);
  });
});

Deno.test("where tables or columns are not clear the candidates are listed with the option", () =>
  withDatabase("filewise_csv", async (dir) => {
    const fails = (choice: Record<string, string>, says: RegExp, option: string) =>
      assert.rejects(scanCorpus(dir, undefined, choice), (error) => {
        assert(error instanceof CorpusError);
        assert.match(error.message, says);
        assert.equal(error.option, option);
        return true;
      });
    await fails({ table: "none" }, /no table "none".*emotion\.test, emotion\.train/, "table");
    await fails({ label: "mood" }, /no column "mood".*emotion or who or arousal/, "labelColumn");
    await fails({ speaker: "name" }, /no column "name" for the speaker/, "speakerColumn");
    const { clips } = await scanCorpus(dir, undefined, { table: "emotion.test", label: "arousal" });
    assert.deepEqual(clips.map(({ label }) => label), ["-1.0", "0.5"]);
  }));

Deno.test("a header that is none is refused by name", () =>
  withFiles({ "db.yaml": "name: [" }, async (dir) => {
    await assert.rejects(scanCorpus(dir), /db\.yaml: it is no YAML/);
  }));
