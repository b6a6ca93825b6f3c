import assert from "node:assert/strict";
import { join } from "node:path";
import { uar } from "../../src/evaluate/uar.ts";
import type { Predictions, Results } from "../../src/pipeline/run/results.ts";
import { callTask } from "../tasks/cli.ts";
import { toneWav } from "../tasks/tone_corpus.ts";
import { withFolder } from "../with_folder.ts";

const MOODS = { low: 0.1, middle: 0.25, high: 0.5 };

/**
 * Three corpora of tones: all know low and high, of which there are more, and only the first two middle. One low of each
 * corpus sounds high, so that not all can be right.
 */
async function writeList(dir: string): Promise<void> {
  const lines = ["file,label,speaker,corpus,sex,age"];
  for (const [c, corpus] of ["ann", "ben", "cat"].entries()) {
    for (let speaker = 1; speaker <= 4; speaker++) {
      for (const [label, step] of Object.entries(MOODS)) {
        if (corpus === "cat" && label === "middle") continue;
        for (let take = 1; take <= (label === "high" ? 3 : 2); take++) {
          const file = `${corpus}-${speaker}-${label}-${take}.wav`;
          const lies = speaker === 4 && label === "low" && take === 2;
          const tone = (lies ? MOODS.high : step) * (1 + 0.06 * c) + 0.0041 * speaker +
            0.0023 * take + 0.0007 * c;
          await Deno.writeFile(join(dir, file), await toneWav(tone));
          const sex = speaker % 2 === 0 ? "female" : "male";
          lines.push(`${file},${label},${speaker},${corpus},${sex},${20 + 10 * speaker}`);
        }
      }
    }
  }
  await Deno.writeTextFile(join(dir, "clips.csv"), lines.join("\n"));
}

async function readJson<T>(...path: string[]): Promise<T> {
  return JSON.parse(await Deno.readTextFile(join(...path))) as T;
}

Deno.test("run judges corpora across each other: a matrix in results, terminal and report", () =>
  withFolder(async (dir) => {
    await writeList(dir);
    const { code, out, err } = await callTask("run", [
      ...["--data", "clips.csv", "--modality", "audio", "--protocol", "cross-corpus"],
      ...["--folds", "2", "--seconds", "1", "--out", "out", "--store", "store"],
    ], { from: dir });
    assert.equal(code, 0, err.join("\n"));
    const results = await readJson<Results>(dir, "out", "results.json");
    const predictions = await readJson<Predictions>(dir, "out", "predictions.json");

    assert.deepEqual(results.corpus.classes.map(({ label }) => label), ["high", "low"]);
    const left = results.corpus.skipped.filter(({ reason }) =>
      /"middle" is no label of cat/.test(reason)
    );
    assert.equal(left.length, 2 * 4 * 2);
    const matrix = results.matrix!;
    assert.deepEqual(matrix.corpora, ["ann", "ben", "cat"]);
    assert.deepEqual(
      new Set(matrix.rows.map(({ normalisation }) => normalisation)),
      new Set(["train", "own", "corpus"]),
    );

    // The table is of models that learned from the other two, and its numbers are those of the cells.
    const n = results.corpus.samples;
    assert.equal(n, 3 * 4 * 5);
    assert.equal(predictions.samples.length, n);
    assert.deepEqual(
      [...new Set(predictions.samples.map(({ fold }) => fold))],
      ["others-on-ann", "others-on-ben", "others-on-cat"],
    );
    assert.ok(results.rows.every(({ test }) => test.n === n));
    assert.ok(predictions.rows.every(({ predicted }) => predicted.length === n));
    for (const { cells, ...name } of matrix.rows) {
      assert.equal(cells.length, 12);
      assert.ok(
        cells.every((cell) => cell.n === 20 && cell.speakers === 4),
        "each tests a corpus whole",
      );
      const row = predictions.rows.find((row) =>
        row.model === name.model && row.normalisation === name.normalisation
      )!;
      for (const cell of cells.filter(({ train }) => train === "others")) {
        const own = predictions.samples.flatMap(({ fold }, i) =>
          fold === `others-on-${cell.test}` ? [i] : []
        );
        const truth = Int32Array.from(own, (i) => predictions.samples[i].truth);
        const predicted = Int32Array.from(own, (i) => row.predicted[i]);
        assert.equal(cell.uar, uar(truth, predicted, 2));
      }
    }
    const [sex, age] = results.groups!;
    assert.deepEqual([sex.attribute, age.attribute], ["sex", "age"]);
    const [{ groups }] = age.rows;
    assert.deepEqual(groups.map(({ group, n }) => [group, n]), [
      ["30 to 44", 30],
      ["45 to 59", 15],
      [
        "60 and over",
        15,
      ],
    ]);
    assert.match(out, /Who is recognised worse, by the best row/);
    assert.match(out, /by sex: (male|female) \d/);

    // Tones that are told by their pitch alone are told in every corpus.
    const best = Math.max(...results.rows.map(({ test }) => test.uar));
    assert.ok(best > 0.9, `${best}`);

    assert.match(out, /trained on +│ +on ann │ +on ben │ +on cat/);
    assert.match(out, /│ others +│/);
    assert.match(out, /= \d+\.\d % \(/);
    const html = await Deno.readTextFile(join(dir, "out", "report.html"));
    assert.match(html, /Who is recognised worse/);
    assert.match(html, /What travels from corpus to corpus/);
    const shown = [...html.matchAll(/learned from<\/span>/g)].length;
    assert.equal(shown, 3, "a grid a normalisation");
  }));

Deno.test("run says what cross-corpus lacks", () =>
  withFolder(async (dir) => {
    await writeList(dir);
    const only = await callTask("run", [
      ...["--data", "clips.csv", "--modality", "audio", "--protocol", "cross-corpus"],
      ...["--speakers", "ann/1,ann/2", "--out", "out", "--store", "store"],
    ], { from: dir });
    assert.equal(only.code, 1);
    assert.match(only.err.at(-1)!, /cross-corpus needs at least two corpora, there is only ann/);
  }));

Deno.test("run says which attributes there are to see who is recognised worse by", () =>
  withFolder(async (dir) => {
    await writeList(dir);
    const lost = await callTask("run", [
      ...["--data", "clips.csv", "--modality", "audio", "--by", "height", "--out", "out"],
    ], { from: dir });
    assert.equal(lost.code, 1);
    assert.match(
      lost.err.at(-1)!,
      /no clip has the attribute "height"; there are: age, corpus, sex \(--by\)/,
    );
  }));
