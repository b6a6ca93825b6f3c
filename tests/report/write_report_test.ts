import assert from "node:assert/strict";
import { join } from "node:path";
import { writeReport } from "../../src/report/write_report.ts";
import { ReportError } from "../../src/report/report_error.ts";
import { testWith } from "../needs.ts";
import { runTask } from "../tasks/cli.ts";
import { type FakeRun, fakeRun } from "./fake_run.ts";

const small = fakeRun({ actors: 2, emotions: 2 });

/** Works in a run folder that holds what `run` says. */
async function withRun(run: Partial<FakeRun>, work: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(run)) {
      await Deno.writeTextFile(join(dir, `${name}.json`), JSON.stringify(content));
    }
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("writeReport() writes report.html and results.csv, and nothing else", async () => {
  await withRun(small, async (dir) => {
    const { html, csv } = await writeReport(dir);
    assert.match(await Deno.readTextFile(html), /^<!doctype html>.*<\/html>\s*$/s);
    assert.match(await Deno.readTextFile(csv), /^modality,/);
    const names = Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();
    assert.deepEqual(names, [
      "predictions.json",
      "report.html",
      "report.json",
      "results.csv",
      "results.json",
    ]);
  });
});

Deno.test("writeReport() puts results found under also/ beside the run's", async () => {
  await withRun(small, async (dir) => {
    const tutorial = fakeRun({ protocol: "tutorial", actors: 2, emotions: 2 });
    await Deno.mkdir(join(dir, "also", "tutorial"), { recursive: true });
    await Deno.mkdir(join(dir, "also", "unfinished"));
    await Deno.writeTextFile(
      join(dir, "also", "tutorial", "results.json"),
      JSON.stringify(tutorial.results),
    );
    const { html } = await writeReport(dir);
    assert.match(
      await Deno.readTextFile(html),
      /The same models under tutorial and under speaker-independent/,
    );
  });
});

Deno.test("writeReport() reads a run of an older version, whose fields had RAVDESS's names alone", async () => {
  await withRun(small, async (dir) => {
    await writeReport(dir);
    const now = [await Deno.readTextFile(join(dir, "report.html"))];
    now.push(await Deno.readTextFile(join(dir, "results.csv")));
    const { name: _, title: __, words: ___, takes, speakers, classes, ...corpus } =
      small.results.corpus;
    const { matrix: { speakers: rows, labels, counts }, mapSamples, ...report } = small.report;
    const older = {
      results: {
        ...small.results,
        corpus: {
          ...{ ...corpus, performances: takes, actors: speakers.map(Number) },
          classes: classes.map(({ label, samples }) => ({ emotion: label, samples })),
        },
      },
      report: {
        ...report,
        matrix: { actors: rows.map(Number), emotions: labels, counts },
        mapSamples: mapSamples.map(({ id, speaker, label }) => ({
          ...{ id, actor: Number(speaker), emotion: label },
        })),
      },
    };
    for (const [name, content] of Object.entries(older)) {
      await Deno.writeTextFile(join(dir, `${name}.json`), JSON.stringify(content));
    }
    const { html, csv } = await writeReport(dir);
    assert.deepEqual([await Deno.readTextFile(html), await Deno.readTextFile(csv)], now);
  });
});

Deno.test("writeReport() names the file that is missing, damaged or of another run", async () => {
  const { results, predictions } = small;
  const cases: [Record<string, unknown>, RegExp][] = [
    [{}, /results\.json is missing: give the folder that a run wrote/],
    [{ results }, /predictions\.json is missing/],
    [{ results: { ...results, schema: "x/1" }, predictions }, /results\.json has the layout x\/1/],
    [
      { results: { schema: results.schema, rows: [] }, predictions },
      /results\.json is not complete/,
    ],
    [{ results, predictions: { ...predictions, rows: [] } }, /predictions\.json is not of the run/],
    [{ results, predictions, report: "text" }, /report\.json has the layout of something else/],
  ];
  for (const [files, message] of cases) {
    await withRun(files as Partial<FakeRun>, async (dir) => {
      await assert.rejects(writeReport(dir), (error) => {
        assert.ok(error instanceof ReportError, String(error));
        assert.match(error.message, message);
        return true;
      });
      assert.ok(!Array.from(Deno.readDirSync(dir)).some(({ name }) => name === "report.html"));
    });
  }
  await withRun({}, async (dir) => {
    await Deno.writeTextFile(join(dir, "results.json"), "{");
    await assert.rejects(writeReport(dir), /results\.json is not JSON/);
  });
});

await testWith(
  ["deno"],
  "deno task report writes a run's report anew, and ends with 1 for a folder without one",
  async () => {
    await withRun(small, async (dir) => {
      const done = await runTask("report", dir);
      assert.equal(done.code, 0, done.said);
      assert.match(done.out, /report\.html and .*results\.csv written/);
      assert.match(await Deno.readTextFile(join(dir, "report.html")), /Emofuse/);
    });
    await withRun({}, async (dir) => {
      const { code, said } = await runTask("report", dir);
      assert.equal(code, 1);
      assert.match(said, /^error: .*results\.json is missing/m);
    });
    assert.equal((await runTask("report")).code, 2);
  },
);
