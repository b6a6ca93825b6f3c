import assert from "node:assert/strict";
import { join } from "node:path";
import { ResultsFile } from "../../../src/predict/results/results_file.ts";
import { testCard } from "../../recognize/voice_bundle.ts";
import { withFiles } from "../../with_folder.ts";
import { prediction } from "./some_results.ts";

const NAMES = ["a.wav", "b.wav", "c.wav"];

/** Works on results of three clips. */
async function withResults(
  work: (open: (run?: string) => Promise<ResultsFile>, path: string) => Promise<void>,
): Promise<void> {
  await withFiles(NAMES, async (dir) => {
    const clips = NAMES.map((file) => ({ file, path: join(dir, file) }));
    const path = join(dir, "r.csv");
    await work((run = "one") => ResultsFile.open({ path, run, clips }), path);
  });
}

/** Adds the next clips. */
async function add(results: ResultsFile, calm: readonly (number | undefined)[]): Promise<void> {
  const { waiting } = results;
  for (const [i, share] of calm.entries()) {
    const { file } = waiting[i];
    const part = share === undefined ? { reason: "broken" } : { prediction: prediction(share) };
    await results.add(waiting[i], { file, parts: [part] });
  }
}

const names = ({ waiting }: ResultsFile) => waiting.map(({ file }) => file);

Deno.test("results of a run that was killed are gone on with, failed clips tried again", async () => {
  await withResults(async (open, path) => {
    const first = await open();
    assert.deepEqual(names(first), NAMES);
    await add(first, [0.9, undefined]);
    first.close();
    await Deno.writeTextFile(`${path}.partial`, '{"key":"x","fail', { append: true });

    const second = await open();
    assert.deepEqual(names(second), ["b.wav", "c.wav"]);
    await add(second, [0.2, 0.3]);
    await second.finish(testCard());
    second.close();
    const lines = (await Deno.readTextFile(path)).trim().split("\r\n").slice(1);
    assert.deepEqual(lines.map((line) => line.split(",").slice(0, 6).join(" ")), [
      "a.wav    calm 0.9000",
      "b.wav    angry 0.8000",
      "c.wav    angry 0.7000",
    ]);
    await assert.rejects(Deno.stat(`${path}.partial`), Deno.errors.NotFound);
  });
});

Deno.test("results of another run, or of a file that was changed, are not taken over", async () => {
  await withResults(async (open, path) => {
    const first = await open();
    await add(first, [0.9, 0.9, 0.9]);
    first.close();
    const other = await open("two");
    assert.deepEqual(names(other), NAMES);
    other.close();
    await Deno.writeTextFile(path.replace("r.csv", "b.wav"), "longer");
    const changed = await open();
    assert.deepEqual(names(changed), ["b.wav"]);
    changed.close();
  });
});

Deno.test("a partial file is one run's alone, and is left while it holds what another run found", async () => {
  await withResults(async (open) => {
    const first = await open();
    await add(first, [0.9]);
    await assert.rejects(open(), /r\.csv\.partial: another run is writing it/);
    first.close();

    const other = await open("two");
    await add(other, [0.2, 0.2, 0.2]);
    assert.equal(await other.finish(testCard()), 1);
    other.close();
    const again = await open();
    assert.deepEqual(names(again), ["b.wav", "c.wav"]);
    again.close();
  });
});

Deno.test("a file that holds something else is not taken for partial results", async () => {
  await withResults(async (open, path) => {
    for (const text of ["my own notes\n", "my own notes", '{"key": 1}\n']) {
      await Deno.writeTextFile(`${path}.partial`, text);
      await assert.rejects(open(), /r\.csv\.partial: it does not hold results/);
      assert.equal(await Deno.readTextFile(`${path}.partial`), text);
    }
  });
});
