import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readGivenTable } from "../../../src/pipeline/tables/read_given_table.ts";
import { rowsOfSamples } from "../../../src/pipeline/tables/rows_of_samples.ts";
import { TableError } from "../../../src/pipeline/tables/table_error.ts";
import { withFiles } from "../../with_folder.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/tables/", import.meta.url));

/** What make_tables.py put there. */
const NUMBERS = Float32Array.from({ length: 24 }, (_, i) => i / 3 - 4);

for (const name of ["pandas.csv", "pandas.parquet", "float32.parquet", "lists.parquet"]) {
  Deno.test(`readGivenTable() reads ${name} as Python wrote it`, async () => {
    const { names, data, rows, aside } = await readGivenTable(join(FIXTURES, name));
    assert.deepEqual(
      names,
      name === "lists.parquet"
        ? ["embedding.0", "embedding.1", "embedding.2"]
        : ["pitch", "level", "rate"],
    );
    assert.deepEqual(data, NUMBERS);
    assert.deepEqual([rows.size, rows.get("clips/ann_0.wav"), rows.get("clips/bob_3.wav")], [
      8,
      0,
      7,
    ]);
    assert.deepEqual(aside, []);
  });
}

Deno.test("readGivenTable() leaves text aside, and names parts as results do", () =>
  withFiles({
    "t.csv":
      '\ufefffile,start,end,mood,"a, b"\r\nx\\y.wav,0.5,2,glad,1e-3\r\n./x/y.wav,2,,glum,-2\r\n',
    "t.tsv": "file\tf\nx.wav\t1\n",
  }, async (dir) => {
    const { names, data, rows, aside } = await readGivenTable(join(dir, "t.csv"));
    assert.deepEqual([names, aside], [["a, b"], ["mood"]]);
    assert.deepEqual([...data], [Math.fround(1e-3), -2]);
    assert.deepEqual([...rows], [["x/y.wav#t=0.5,2", 0], ["x/y.wav#t=2", 1]]);
    assert.deepEqual((await readGivenTable(join(dir, "t.tsv"))).names, ["f"]);
  }));

Deno.test("readGivenTable() names the line that is at fault", () =>
  withFiles({
    "none.csv": "",
    "bare.csv": "file,f\n",
    "key.csv": "clip,f\nx.wav,1\n",
    "frames.csv": "file,frame,f\nx.wav,0,1\n",
    "same.csv": "file,f,f\nx.wav,1,2\n",
    "text.csv": "file,f\nx.wav,high\n",
    "twice.csv": "file,f\nx.wav,1\ny.wav,2\nx.wav,3\n",
    "gap.csv": "file,f,g\nx.wav,1,2\ny.wav,,2\n",
    "first.csv": "file,f,g\nx.wav,,2\ny.wav,1,2\n",
    "nan.csv": "file,f,g\nx.wav,NaN,2\ny.wav,1,2\n",
    "blank.csv": "file,f\nx.wav,1\ny.wav,  \n",
    "word.csv": "file,f\nx.wav,1\ny.wav,n/a\n",
    "huge.csv": "file,f\nx.wav,1\ny.wav,1e39\n",
    "short.csv": "file,f,g\nx.wav,1,2\ny.wav,1\n",
    "nameless.csv": "file,f\nx.wav,1\n,2\n",
    "time.csv": "file,start,f\nx.wav,soon,1\n",
    "latin.csv": Uint8Array.of(0x66, 0x69, 0x6c, 0x65, 0x2c, 0xe4, 0x0a),
    "cut.parquet": "PAR1",
    "cut.safetensors": "abc",
    "t.xlsx": "",
  }, async (dir) => {
    const cases: [string, RegExp][] = [
      ["none.csv", /it is empty/],
      ["bare.csv", /it has no row/],
      ["key.csv", /no column "file"/],
      ["frames.csv", /a row a frame/],
      ["same.csv", /two columns "f"/],
      ["text.csv", /no column of numbers/],
      ["twice.csv", /line 4 is of x\.wav, and so is line 2/],
      ["gap.csv", /line 3 has nothing in "f"/],
      ["first.csv", /line 2 has nothing in "f"/],
      ["nan.csv", /line 2 has "NaN" in "f"/],
      ["blank.csv", /line 3 has nothing in "f"/],
      ["word.csv", /line 3 has "n\/a" in "f"/],
      ["huge.csv", /line 3 has "1e39" in "f" where a finite number belongs/],
      ["short.csv", /line 3/],
      ["nameless.csv", /line 3 does not say what file it is of/],
      ["time.csv", /line 2 has a start or end that is no number/],
      ["latin.csv", /latin\.csv: /],
      ["cut.parquet", /cut\.parquet: /],
      ["cut.safetensors", /cut\.safetensors: /],
      ["t.xlsx", /must end in \.csv/],
      ["lost.csv", /there is no such file/],
    ];
    for (const [name, says] of cases) {
      await assert.rejects(
        readGivenTable(join(dir, name)),
        (error) => {
          assert.ok(error instanceof TableError, `${name}: ${error}`);
          assert.ok(error.message.startsWith(join(dir, name)), error.message);
          assert.match(error.message, says);
          assert.ok(!error.message.includes("\n"), error.message);
          return true;
        },
      );
    }
  }));

Deno.test("rowsOfSamples() finds rows by path, or by a bare name that one sample has", () => {
  const rows = new Map([["a/x.wav", 0], ["b/x.wav", 1], ["y.flac", 2], ["z.wav#t=1,2", 3], [
    "1.wav",
    4,
  ]]);
  const sample = (...files: string[]) => ({
    picture: [],
    sound: files.map((file) => ({ file }) as never),
  });
  assert.deepEqual(
    rowsOfSamples({ rows }, [
      sample("b/x.wav"),
      sample("c/x.wav"), // The table's x.wav are other speakers'.
      sample("lost.wav", "deep/y.wav"),
      sample("q/z.wav#t=1,2"),
      sample("q/z.wav#t=1,3"),
      sample("ann/1.wav"), // The table's 1.wav may be either's.
      sample("bob/1.wav"),
      sample("q/v.flac"), // Two rows have this name.
    ]),
    [1, undefined, 2, 3, undefined, undefined, undefined, undefined],
  );
});
