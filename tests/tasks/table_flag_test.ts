import assert from "node:assert/strict";
import { join } from "node:path";
import type { Results } from "../../src/pipeline/run/results.ts";
import { parseTable } from "../../tasks/flags/table_flag.ts";
import { withFolder } from "../with_folder.ts";
import { callTask } from "./cli.ts";
import { writeToneCorpus } from "./tone_corpus.ts";

const RUN = [
  ...[
    "--data",
    "clips",
    "--modality",
    "audio",
    "--protocol",
    "speaker-independent",
    "--folds",
    "2",
  ],
  ...["--recipes", "statistics", "--seconds", "1", "--workers", "1", "--store", "store"],
];

async function resultsOf(dir: string, out: string): Promise<Results> {
  return JSON.parse(await Deno.readTextFile(join(dir, out, "results.json")));
}

Deno.test("run judges a table beside its own features: what features wrote gives what the run computes", () =>
  withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 4, takes: 2 });
    for (const [i, ending] of ["csv", "parquet", "safetensors"].entries()) {
      const table = `own.${ending}`;
      const made = await callTask("features", [
        ...["--data", "clips", "--modality", "audio", "--features", "voice", "--out", table],
        ...["--seconds", "1", "--workers", "1", "--store", "store"],
      ], { from: dir });
      assert.equal(made.code, 0, made.err.join("\n"));
      const out = `out${i}`;
      const { code, err } = await callTask("run", [
        ...RUN,
        ...["--features", `copy=${table}`, "--out", out],
      ], { from: dir });
      assert.equal(code, 0, err.join("\n"));
      assert.ok(
        err.some((line) => line.startsWith("features copy: ") && line.includes(`of ${table}`)),
        err.join("\n"),
      );
      const { rows, config } = await resultsOf(dir, out);
      assert.match(config.tables![0].sha256!, /^[0-9a-f]{64}$/);
      const of = (features: string) =>
        rows.filter((row) => row.features === features)
          .map(({ model, normalisation, train, test: { confusion } }) => ({
            ...{ model, normalisation, train, confusion },
          }));
      assert.equal(of("voice").length, 8);
      // Predictions, not probabilities: Platt's folds are drawn by the name of the features.
      assert.deepEqual(of("copy"), of("voice"));
    }

    const repeat = ["--from", "out0/run.lock.json", "--workers", "1", "--store", "store"];
    const again = await callTask("run", repeat, { from: dir });
    assert.equal(again.code, 0, again.err.join("\n"));
    assert.ok(again.err.some((line) => line.startsWith("identical: ")));
    const text = await Deno.readTextFile(join(dir, "own.csv"));
    await Deno.writeTextFile(
      join(dir, "own.csv"),
      `${text}other.wav,calm,9,x,${"0,".repeat(1167)}0\r\n`,
    );
    const changed = await callTask("run", repeat, { from: dir });
    assert.equal(changed.code, 1);
    assert.match(
      changed.err.at(-1)!,
      /own\.csv: it has changed: its SHA-256 is [0-9a-f]{64}, it was/,
    );
  }));

Deno.test("run skips clips that a table lacks, and says what else is wrong with it", () =>
  withFolder(async (dir) => {
    await writeToneCorpus(join(dir, "clips"), { actors: 4, takes: 2 });
    const names = [...Deno.readDirSync(join(dir, "clips"))].map(({ name }) => name).sort();
    const [lacking, ...others] = names;
    await Deno.writeTextFile(
      join(dir, "few.csv"),
      ["file,a,b", ...others.map((name, i) => `${name},${i % 3},${i % 5}`), "more.wav,1,2"].join(
        "\n",
      ),
    );
    const call = (table: string, ...more: string[]) =>
      callTask("run", [...RUN, "--features", table, "--out", "out", ...more], { from: dir });
    const { code, err } = await call("few=few.csv");
    assert.equal(code, 0, err.join("\n"));
    const { corpus, rows } = await resultsOf(dir, "out");
    assert.equal(corpus.samples, others.length);
    assert.deepEqual(corpus.skipped, [{
      file: lacking,
      reason: "the features few have no row of it",
    }]);
    assert.ok(rows.some(({ features }) => features === "few"));
    assert.ok(err.some((line) => line.includes("1 of 16 rows are of no sample")), err.join("\n"));

    for (
      const [table, more, status, says] of [
        ["voice=few.csv", [], 1, /"voice" is the name of features that Emofuse computes/],
        ["few:video=few.csv", [], 1, /it is of video, which this run does not use/],
        [
          "few=few.csv",
          ["--recipes", "tutorial"],
          1,
          /no recipe of this run takes features of a table/,
        ],
        ["few=lost.csv", [], 1, /lost\.csv: there is no such file or folder/],
        ["few", [], 2, /"few" names no table/],
        ["few:nose=few.csv", [], 2, /names no table/],
      ] as const
    ) {
      const failed = await call(table, ...more);
      assert.equal(failed.code, status, `${table}: ${failed.err.join("\n")}`);
      assert.match(failed.err.at(-1)!, says);
    }
    const train = await callTask("train", [
      ...[
        "--data",
        "clips",
        "--modality",
        "audio",
        "--features",
        "few=few.csv",
        "--out",
        "m.emofuse",
      ],
    ], { from: dir });
    assert.equal(train.code, 2);
    assert.match(train.err.at(-1)!, /--features/);
  }));

Deno.test("parseTable() reads a name, a modality and a file that may hold signs", () => {
  assert.deepEqual(parseTable("w2v=a=b:c.csv"), {
    name: "w2v",
    modality: "audio",
    file: "a=b:c.csv",
  });
  assert.deepEqual(parseTable("au:video=x.parquet"), {
    name: "au",
    modality: "video",
    file: "x.parquet",
  });
  assert.throws(() => parseTable("a=b.csv", [parseTable("a=c.csv")]), /"a" names two tables/);
});
