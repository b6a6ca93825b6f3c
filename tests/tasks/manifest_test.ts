import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { callTask } from "./cli.ts";
import { toneWav } from "./tone_corpus.ts";
import { withFiles } from "../with_folder.ts";

/** A recording of four seconds, each of another tone. */
function recording(base: number): Promise<Uint8Array> {
  const steps = [0, 0.3, 0.02, 0.32].map((step) => base + step);
  const samples = Float32Array.from(
    { length: 32_000 },
    (_, i) => 0.3 * Math.sin(steps[Math.floor(i / 8000)] * i),
  );
  return encodeClip({ samples }, "wav");
}

/** Four recordings by two names in two corpora, and a row that goes beyond the end. */
async function recordings(): Promise<Record<string, string | Uint8Array>> {
  const rows = ["file,label,speaker,start,end,split,corpus"];
  const files: Record<string, Uint8Array> = {};
  for (const [i, part] of ["train", "dev", "test", "test"].entries()) {
    const file = `sounds/talk ${i}, whole.wav`;
    files[file] = await recording(0.2 + 0.03 * i);
    for (let second = 0; second < 4; second++) {
      const label = second % 2 === 0 ? "calm" : "angry";
      const corpus = i < 2 ? "one" : "two";
      rows.push(`"${file}",${label},${i % 2},${second},${second + 1},${part},${corpus}`);
    }
  }
  rows.push(`"sounds/talk 0, whole.wav",calm,0,3,9,train,one`);
  return { ...files, "clips.csv": `\ufeff${rows.join("\r\n")}\r\n` };
}

const FLAGS = ["--modality", "audio", "--recipes", "statistics", "--seconds", "1"];

Deno.test("run takes a list of segments with its own split, and repeats it", async () =>
  await withFiles(await recordings(), async (dir) => {
    const [data, out] = [join(dir, "clips.csv"), join(dir, "out")];
    const store = ["--store", join(dir, "store")];
    const run = await callTask("run", [
      ...["--data", data, "--out", out, "--protocol", "speaker-independent"],
      ...["--folds", "manifest", ...FLAGS, ...store],
    ]);
    assert.equal(run.code, 0, run.said);
    const results = JSON.parse(await Deno.readTextFile(join(out, "results.json")));
    assert.deepEqual(results.corpus.speakers, ["one/0", "one/1", "two/0", "two/1"]);
    const [fold, ...others] = results.folds;
    assert.deepEqual(others, []);
    assert.deepEqual([fold.name, fold.train, fold.test.length], ["manifest", 8, 8]);
    assert(fold.test.every((id: string) => /talk [23], whole\.wav#t=\d,\d$/.test(id)));
    assert.deepEqual(results.corpus.skipped, [{
      file: "sounds/talk 0, whole.wav#t=3,9",
      reason: "the segment ends at 9 s, beyond the end of the sound at 4 s",
    }]);
    const again = await callTask("run", ["--from", join(out, "run.lock.json"), ...store]);
    assert.equal(again.code, 0, again.said);
    assert.match(again.said, /identical: results\.json/);
    await Deno.writeTextFile(data, (await Deno.readTextFile(data)).replace("calm", "angry"));
    const changed = await callTask("run", ["--from", join(out, "run.lock.json"), ...store]);
    assert.equal(changed.code, 1);
    assert.match(changed.said, /clips\.csv has changed since the run/);
  }));

Deno.test("run refuses a list's split that puts a speaker on both sides", async () => {
  const files = await recordings();
  const list = String(files["clips.csv"]).replace(",train,", ",test,");
  await withFiles({ ...files, "clips.csv": list }, async (dir) => {
    const { code, err } = await callTask("run", [
      ...["--data", join(dir, "clips.csv"), "--out", join(dir, "out")],
      ...["--protocol", "speaker-independent", "--folds", "manifest", ...FLAGS],
    ]);
    assert.equal(code, 1);
    assert.match(err.at(-1) ?? "", /speaker one\/0 is on both sides/);
  });
});

Deno.test("manifest writes the list of a known corpus, which gives the same clips", async () => {
  const wav = await toneWav(0.5);
  const names = ["03-01-02-01-01-01-01.wav", "03-01-05-01-01-01-02.wav"];
  const files = Object.fromEntries(names.map((name) => [`Actor, all/${name}`, wav]));
  await withFiles(files, async (dir) => {
    const out = join(dir, "lists.tsv");
    const written = await callTask("manifest", [dir, "--out", out]);
    assert.equal(written.code, 0, written.said);
    assert.match(written.out, /lists\.tsv: 2 clips of RAVDESS/);
    const [known, listed] = await Promise.all(
      [dir, out].map((data) => callTask("describe", ["--data", data, "--json"])),
    );
    const [a, b] = [known, listed].map(({ out }) => JSON.parse(out));
    assert.deepEqual(b.counts.map(({ clips }: { clips: number }) => clips), [0, 1, 1, 0]);
    assert.deepEqual([b.speakers, b.clips, b.seconds], [a.speakers, a.clips, a.seconds]);
    const twice = await callTask("manifest", [dir, "--out", out]);
    assert.equal(twice.code, 2);
    assert.match(twice.said, /is there already; allowed: another name, or --force/);
  });
});

Deno.test("manifest writes a skeleton of an unknown folder, and guesses speakers only if asked", () =>
  withFiles({ "ann/1.wav": "", "ben/x/2.wav": "", "3.wav": "" }, async (dir) => {
    const list = async (...flags: string[]) => {
      const out = join(dir, "clips.csv");
      const { code, said } = await callTask("manifest", [dir, "--out", out, "--force", ...flags]);
      assert.equal(code, 0, said);
      return await Deno.readTextFile(out);
    };
    assert.equal(await list(), "file,label,speaker\n3.wav,,\nann/1.wav,,\nben/x/2.wav,,\n");
    assert.equal(
      await list("--guess-speakers"),
      "file,label,speaker\n3.wav,,\nann/1.wav,,ann\nben/x/2.wav,,ben\n",
    );
    assert.deepEqual(Array.from(Deno.readDirSync(dir), ({ name }) => name).sort(), [
      ...["3.wav", "ann", "ben", "clips.csv"],
    ]);
  }));
