import assert from "node:assert/strict";
import { join } from "node:path";
import { describeCorpus } from "../../src/corpus/describe.ts";
import { filterClips } from "../../src/corpus/filter.ts";
import { formatDescription } from "../../src/corpus/format_description.ts";
import { CORPORA } from "../../src/corpus/registry.ts";
import { scanCorpus } from "../../src/corpus/scan.ts";
import { ClassError } from "../../src/pipeline/samples/classes.ts";
import { DEFAULT_CONFIG, type RunConfig } from "../../src/pipeline/config.ts";
import { findSamples } from "../../src/pipeline/samples/find_samples.ts";
import { runPipeline } from "../../src/pipeline/run/run.ts";
import { resultsTable } from "../../src/report/table.ts";
import { toneWav } from "../tasks/tone_corpus.ts";
import { TOY } from "./toy_corpus.ts";

const CORPORA_WITH_TOY = [...CORPORA, TOY];

const NO_SOUND = () => Promise.resolve(new Uint8Array());

/** Three takes of two labels by four singers; one of them twice, one misnamed, and one of a third label. */
async function withSongs(
  work: (dir: string) => Promise<void>,
  soundOf: (step: number) => Promise<Uint8Array> = NO_SOUND,
): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(dir, "copies"));
    for (const [s, singer] of ["Ada", "Bo", "Cy", "Di"].entries()) {
      for (const take of [1, 2, 3]) {
        for (const [l, label] of ["glad", "glum"].entries()) {
          const sound = await soundOf(0.02 * s + 0.05 + 0.2 * l + 0.003 * take);
          await Deno.writeFile(join(dir, `${singer}_${2 * take + l}_${label}.wav`), sound);
        }
      }
    }
    const sound = await soundOf(0.3);
    await Deno.writeFile(join(dir, "Ada_9_bored.wav"), sound);
    await Deno.writeFile(join(dir, "copies", "Ada_2_glad.wav"), sound);
    await Deno.writeFile(join(dir, "01-01-05-01-02-01-12.wav"), sound);
    await work(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

const VOICE: RunConfig = {
  ...DEFAULT_CONFIG,
  modality: "audio",
  protocol: "speaker-independent",
  seconds: 1,
  recipes: [{ recipe: "statistics", normalisation: "train", model: "logistic-regression" }],
};

Deno.test("scanCorpus() takes a folder for the corpus whose names most of its files have", () =>
  withSongs(async (dir) => {
    const { corpus, clips, skipped } = await scanCorpus(dir, CORPORA_WITH_TOY);
    assert.equal(corpus, TOY);
    assert.equal(clips.length, 25);
    assert.deepEqual(clips.find(({ name }) => name === "Ada_2_glad")?.copies?.length, 1);
    assert.deepEqual(skipped, [{ file: "01-01-05-01-02-01-12.wav", reason: "no song" }]);
    // Without it the folder holds one clip of RAVDESS, and many files that are none.
    const known = await scanCorpus(dir);
    assert.deepEqual([known.corpus.name, known.clips.length], ["ravdess", 1]);
  }));

Deno.test("scanCorpus() refuses a folder that two corpora fit equally well, and names both", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(dir, "Ada_3_glad.wav"), "");
    const twin = { ...TOY, name: "twin", title: "Twin corpus" };
    await assert.rejects(scanCorpus(dir, [TOY, twin]), {
      name: "CorpusError",
      message: /1 of its files have names of Toy corpus and as many have names of Twin corpus/,
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("a corpus's own filters and the general ones choose its clips", () =>
  withSongs(async (dir) => {
    const scanned = await scanCorpus(dir, CORPORA_WITH_TOY);
    assert.equal(filterClips(scanned, { moods: ["glad"], speakers: ["Bo", "Di"] }).length, 6);
    assert.throws(() => filterClips(scanned, { statements: [1] }), /Toy corpus.*"statements"/);
  }));

Deno.test("describeCorpus() counts what the corpus says and calls it what the corpus calls it", () =>
  withSongs(async (dir) => {
    const found = await describeCorpus(
      await scanCorpus(dir, CORPORA_WITH_TOY),
      () => Promise.resolve({ seconds: 1, hasPicture: false, hasSound: true, silent: false }),
    );
    assert.deepEqual(found.labels, ["glum", "glad", "bored"]);
    assert.deepEqual(found.speakers, ["Ada", "Bo", "Cy", "Di"]);
    assert.deepEqual(found.attributes, { lengths: { short: 4, long: 21 } });
    assert.equal("actors" in found || "lengths" in found, false);
    const text = formatDescription(found);
    assert.match(text, /^25 clips of 25 songs: 4 singers, 3 moods/);
    assert.match(text, /│ singer │/);
    assert.match(text, /Files: +25 audio-only\nLengths: +4 short, 21 long\n/);
  }));

Deno.test("findSamples() speaks of a corpus in its words", () =>
  withSongs(async (dir) => {
    const places = { data: dir, corpora: CORPORA_WITH_TOY };
    const found = await findSamples(VOICE, places, { mergeTwins: true });
    assert.deepEqual(found.classes, ["glum", "glad"]);
    assert.deepEqual(found.skipped.map(({ file }) => file), [
      "01-01-05-01-02-01-12.wav",
      "Ada_9_bored.wav",
    ]);
    await assert.rejects(
      findSamples({ ...VOICE, filter: { moods: ["glad"] } }, places, { mergeTwins: true }),
      (error) => {
        assert(error instanceof ClassError);
        assert.match(error.message, /^at least two moods need 2 usable samples.*only: glad 12/);
        return true;
      },
    );
    await assert.rejects(
      findSamples({ ...VOICE, modality: "video" }, places, { mergeTwins: true }),
      (error) => {
        assert(error instanceof ClassError);
        assert.match(error.skipped.at(-1)!.reason, /no file of the same song has the picture/);
        assert.match(error.message, /; modality "audio" takes such files$/);
        assert.equal(error.option, "modality");
        return true;
      },
    );
  }));

Deno.test("a corpus of a test's own runs from its files to the table, on its published folds", () =>
  withSongs(async (dir) => {
    const out = await Deno.makeTempDir();
    try {
      const results = await runPipeline({ ...VOICE, folds: "duets" }, {
        ...{ data: dir, corpora: CORPORA_WITH_TOY, out: join(out, "run") },
        ...{ store: join(out, "store"), workers: 1 },
      });
      const { name, title, takes, speakers, classes } = results.corpus;
      assert.deepEqual([name, title, takes, speakers.length], ["toy", "Toy corpus", 24, 4]);
      assert.deepEqual(classes, [{ label: "glum", samples: 12 }, { label: "glad", samples: 12 }]);
      assert.deepEqual(results.folds.map(({ test }) => test.length), [12, 12]);
      assert(results.folds[0].test.every((id) => /^(Ada|Bo)_/.test(id)), "the first duet");
      assert.match(resultsTable(results), /24 samples .* of 24 songs by 4 singers/);
      await assert.rejects(
        runPipeline({ ...VOICE, folds: "luna-jimenez" }, {
          ...{ data: dir, corpora: CORPORA_WITH_TOY, out: join(out, "other") },
          ...{ store: join(out, "store"), workers: 1 },
        }),
        /no folds "luna-jimenez" of this corpus: it has loso, duets/,
      );
    } finally {
      await Deno.remove(out, { recursive: true });
    }
  }, toneWav));
