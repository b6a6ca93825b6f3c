import assert from "node:assert/strict";
import { join } from "node:path";
import { CorpusError } from "../../../src/corpus/corpus_error.ts";
import { readManifest } from "../../../src/corpus/manifest/read_manifest.ts";
import { scanCorpus } from "../../../src/corpus/scan.ts";
import { withFiles } from "../../with_folder.ts";

/** The list of the issue: everything that may be odd about one. */
const ODD = "\ufeff" + [
  "file,label,speaker,start,end,split,corpus,sex,mood",
  "sounds/a.wav,calm,01,,,train,one,female,fine",
  '"sounds/b, ""c"".wav",angry,1,,,test,two,male,"so, so"',
  "sounds/long.wav,calm,2,0.5,1.25,,one,,",
  "sounds/long.wav,angry,2,1.25,2,,one,,",
  "",
  "sounds/none.wav,calm,2,,,,one,,",
  "sounds/a.wav,,1,,,,one,,",
  "sounds/a.wav,calm,,,,,one,,",
  "sounds/a.wav,calm,1,soon,,,one,,",
  "sounds/a.wav,calm,1,3,2,,one,,",
  "sounds/a.wav,calm,1,,,sometimes,one,,",
  "sounds/a.wav,calm,1",
  ",calm,1,,,,one,,",
  "sounds/a.wav,angry,1,,,train,one,,",
  "sounds,angry,1,,,train,one,,",
].join("\r\n") + "\r\n";

const SOUNDS = { "sounds/a.wav": "a", 'sounds/b, "c".wav': "b", "sounds/long.wav": "long" };

Deno.test("a list with everything odd about it gives the right rows, and names the others by line", () =>
  withFiles({ ...SOUNDS, "clips.csv": ODD }, async (dir) => {
    const { clips, skipped, warnings, corpus, root } = await scanCorpus(join(dir, "clips.csv"));
    assert.equal(root, dir);
    assert.deepEqual(corpus.labels, ["angry", "calm"]);
    assert.deepEqual(
      clips.map(({ file, label, speaker, take, part, span }) => [
        ...[file, label, speaker, take === file, part, span],
      ]),
      [
        ["sounds/a.wav", "calm", "one/1", true, "train", undefined],
        ['sounds/b, "c".wav', "angry", "two/1", true, "test", undefined],
        ["sounds/long.wav#t=0.5,1.25", "calm", "one/2", true, undefined, { start: 0.5, end: 1.25 }],
        ["sounds/long.wav#t=1.25,2", "angry", "one/2", true, undefined, { start: 1.25, end: 2 }],
      ],
    );
    assert.equal(clips[1].path, join(dir, 'sounds/b, "c".wav'));
    assert.deepEqual(clips[1].attributes, { sex: "male", mood: "so, so" });
    assert.deepEqual(skipped, [
      { file: "sounds/none.wav", reason: "line 7 of clips.csv: there is no such file" },
      { file: "sounds/a.wav", reason: 'line 8 of clips.csv: no "label"' },
      { file: "sounds/a.wav", reason: 'line 9 of clips.csv: no "speaker"' },
      {
        file: "sounds/a.wav",
        reason: 'line 10 of clips.csv: "start" is "soon", not a number of seconds such as 12.5',
      },
      {
        file: "sounds/a.wav",
        reason: "line 11 of clips.csv: it ends at 2 s, not after its start at 3 s",
      },
      {
        file: "sounds/a.wav",
        reason:
          'line 12 of clips.csv: "split" is "sometimes"; allowed: train, dev, test, or nothing',
      },
      {
        file: "clips.csv",
        reason:
          "line 13 of clips.csv: 3 values for 9 columns (a value with a comma or a tab in it " +
          "needs quotes around it)",
      },
      { file: "clips.csv", reason: 'line 14 of clips.csv: no "file"' },
      {
        file: "sounds/a.wav",
        reason: "line 15 of clips.csv: the same as line 2 of clips.csv, but with another label",
      },
      { file: "sounds", reason: "line 16 of clips.csv: it is no file" },
    ]);
    assert.deepEqual(warnings, [{
      file: "clips.csv",
      reason: "columns of its own, kept as attributes: mood",
    }]);
  }));

Deno.test("the same rows as .tsv and .jsonl are the same clips", () =>
  withFiles(
    {
      ...SOUNDS,
      "clips.csv":
        'file,label,speaker,end\nsounds/a.wav,calm,1,\n"sounds/b, ""c"".wav",sad,2,1.5\n',
      "clips.tsv":
        'file\tlabel\tspeaker\tend\nsounds/a.wav\tcalm\t1\t\n"sounds/b, ""c"".wav"\tsad\t2\t1.5\n',
      "clips.jsonl": '{"file":"sounds/a.wav","label":"calm","speaker":1,"end":null}\r\n' +
        '{"file":"sounds/b, \\"c\\".wav","label":"sad","speaker":"2","end":1.5}\r\n' +
        '{"file":"sounds/a.wav","label":["calm"],"speaker":1}\nnonsense\n',
    },
    async (dir) => {
      const [csv, tsv, jsonl] = await Promise.all(
        ["csv", "tsv", "jsonl"].map((format) => readManifest(join(dir, `clips.${format}`))),
      );
      assert.equal(csv.clips.length, 2);
      assert.deepEqual(tsv.clips, csv.clips);
      assert.deepEqual(jsonl.clips, csv.clips);
      assert.deepEqual(csv.clips[1].span, { start: 0, end: 1.5 });
      assert.deepEqual(
        jsonl.skipped.map(({ reason }) => reason.replace(/no JSON: .*/, "no JSON")),
        [
          'line 3 of clips.jsonl: "label" is neither text nor a number: lists and objects are not read',
          "line 4 of clips.jsonl: no JSON",
        ],
      );
    },
  ));

Deno.test("rows of one take share it, and one that contradicts it is named", () =>
  withFiles({
    ...SOUNDS,
    "clips.csv": "file,label,speaker,take\nsounds/a.wav,calm,1,x\nsounds/long.wav,calm,1,x\n" +
      '"sounds/b, ""c"".wav",calm,2,x\n',
  }, async (dir) => {
    const { clips, skipped } = await readManifest(join(dir, "clips.csv"));
    assert.deepEqual(clips.map(({ take }) => take), ["x", "x"]);
    assert.deepEqual(skipped, [{
      file: 'sounds/b, "c".wav',
      reason: 'line 4 of clips.csv: of the take "x" as line 2 of clips.csv, but with another ' +
        "speaker: give takes names of their own",
    }]);
  }));

Deno.test("columns of other names are chosen, and are then no attributes", () =>
  withFiles({ ...SOUNDS, "clips.csv": "file,emotion,who\nsounds/a.wav,calm,1\n" }, async (dir) => {
    const path = join(dir, "clips.csv");
    const { clips: [clip], warnings } = await readManifest(path, {
      label: "emotion",
      speaker: "who",
    });
    assert.deepEqual([clip.label, clip.speaker, clip.attributes], ["calm", "1", {}]);
    assert.deepEqual(warnings, []);
    await assert.rejects(readManifest(path), (error) => {
      assert(error instanceof CorpusError);
      assert.match(error.message, /no column "label" and no "speaker"; it has "file", "emotion"/);
      assert.equal(error.option, "labelColumn");
      return true;
    });
  }));

Deno.test("a list that cannot be taken apart is refused with the line that is at fault", () =>
  withFiles({
    "open.csv": 'file,label,speaker\n"a.wav,calm,1\n',
    "twice.csv": "file,label,label\n",
    "empty.csv": "",
    "latin.csv": Uint8Array.of(0x66, 0xe9, 0x0a),
  }, async (dir) => {
    for (
      const [file, says] of [
        ["open.csv", /Quote Not Closed.*line 2/],
        ["twice.csv", /line 1 has the column "label" twice/],
        ["empty.csv", /it is empty: its first line must name the columns/],
        ["latin.csv", /it is not UTF-8 text/],
        ["none.csv", /no such folder/],
      ] as const
    ) {
      await assert.rejects(scanCorpus(join(dir, file)), says);
    }
  }));
