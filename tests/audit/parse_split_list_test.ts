import assert from "node:assert/strict";
import { parseSplitList } from "../../src/audit/parse_split_list.ts";
import { SplitError } from "../../src/audit/split_error.ts";

Deno.test("parseSplitList() reads CSV, TSV, JSONL and plain lists alike", () => {
  const texts = {
    "a.csv": '\ufeffPath,Split\r\n"a, b.wav",train\r\nc.wav,2\r\n',
    "a.tsv": "split\tfile\ntrain\ta, b.wav\n2\tc.wav\n",
    "a.jsonl": '{"filename": "a, b.wav", "fold": "train"}\n{"filename": "c.wav", "fold": 2}\n',
  };
  for (const [name, text] of Object.entries(texts)) {
    const entries = parseSplitList(text, name);
    assert.deepEqual(
      entries.map(({ file, side }) => [file, side]),
      [["a, b.wav", "train"], ["c.wav", "2"]],
      name,
    );
  }
  assert.deepEqual(parseSplitList("# fold 1\n\na.wav\r\n", "a.txt", { otherwise: "1" }), [
    { file: "a.wav", side: "1", where: "line 3 of a.txt" },
  ]);
});

Deno.test("parseSplitList() takes speakers and takes of columns, and the side that is given", () => {
  const text = "file,speaker,take,fold\na.wav,JK,,1\n";
  assert.deepEqual(parseSplitList(text, "a.csv", { otherwise: "a" }), [
    { file: "a.wav", side: "1", where: "line 2 of a.csv", speaker: "JK" },
  ]);
  assert.equal(parseSplitList(text, "a.csv", { side: "test" })[0].side, "test");
});

Deno.test("parseSplitList() refuses what is no list of files and folds, and says why", () => {
  const cases: [string, string, RegExp][] = [
    ["", "a.csv", /^a\.csv: it is empty/],
    ["file,fold\n", "a.csv", /^a\.csv: lists no file/],
    ["wav,fold\na,1\n", "a.csv", /no column of files among wav, fold; allowed: file, path/],
    ["file,number\na,1\n", "a.csv", /no column of folds among file, number; allowed: fold, split/],
    ["file,fold\na.wav,1,2\n,1\n", "a.csv", /^a\.csv: line 2: 3 values for 2 columns/],
    ["file,fold\na.wav,1\n,1\n", "a.csv", /^a\.csv: line 3: names no file/],
    ["{file\n", "a.jsonl", /^a\.jsonl: line 1: no JSON/],
    ["a.wav\n", "a.txt", /^a\.txt: a list of files alone tells no fold; allowed: a \.csv/],
  ];
  for (const [text, name, message] of cases) {
    assert.throws(() => parseSplitList(text, name), (error) => {
      assert(error instanceof SplitError);
      assert.match(error.message, message);
      return true;
    });
  }
});
