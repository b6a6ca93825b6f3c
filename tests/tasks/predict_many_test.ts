import assert from "node:assert/strict";
import { join } from "node:path";
import { testWith } from "../needs.ts";
import { ravdessDir } from "../ravdess.ts";
import { voiceBundle } from "../recognize/voice_bundle.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { createDecoder } from "../../src/media/create_decoder.ts";
import { listRows } from "../../src/corpus/manifest/list_rows.ts";
import { withFolder } from "../with_folder.ts";
import { callTask, taskCommand } from "./cli.ts";
import { toneWav } from "./tone_corpus.ts";

/** A folder with a model, tones below `clips/`, and what is no clip among them. */
async function withClips(count: number, work: (dir: string) => Promise<void>): Promise<void> {
  await withFolder(async (dir) => {
    await Deno.writeFile(join(dir, "m.emofuse"), await voiceBundle());
    await Deno.mkdir(join(dir, "clips/deep"), { recursive: true });
    const tone = await toneWav(0.5);
    for (let i = 0; i < count; i++) {
      await Deno.writeFile(join(dir, "clips", i % 2 ? "deep" : "", `${i}.wav`), tone);
    }
    await Deno.writeTextFile(join(dir, "clips/broken.wav"), "text");
    await work(dir);
  });
}

const predict = (dir: string, ...args: string[]) =>
  callTask("predict", [...args, "--model", "m.emofuse"], { from: dir });

/** The rows of a file of results. */
async function rowsOf(path: string) {
  const { rows } = listRows(await Deno.readTextFile(path), "csv");
  return rows.map(({ values }) => Object.fromEntries(values));
}

Deno.test("predict writes a row a clip of folders, patterns and lists; one that fails costs a row", async () => {
  await withClips(3, async (dir) => {
    await Deno.writeTextFile(
      join(dir, "list.csv"),
      "file,start,end\nclips/0.wav,0.1,0.9\nclips/0.wav,0.2,8\nclips/0.wav,x,\n",
    );
    const args = ["clips/*.wav", "clips", "list.csv", "--out", "r.csv"];
    const { code, out, err } = await predict(dir, ...args);
    assert.equal(code, 0, err.join("\n"));
    assert.equal(out, "");
    const rows = await rowsOf(join(dir, "r.csv"));
    assert.deepEqual(rows.map(({ file, start, label, error }) => [file, start, label, error]), [
      ["clips/0.wav", undefined, rows[0].label, undefined],
      ["clips/2.wav", undefined, rows[0].label, undefined],
      ["clips/broken.wav", undefined, undefined, "not a media file ffmpeg can read"],
      ["clips/deep/1.wav", undefined, rows[0].label, undefined],
      ["clips/0.wav", "0.1", rows[4].label, undefined],
      [
        ...["clips/0.wav", "0.2", undefined],
        "the segment ends at 8 s, beyond the end of the recording at 1 s",
      ],
      [
        ...["clips/0.wav", undefined, undefined],
        'line 4 of list.csv: "start" is "x", not a number of seconds such as 12.5',
      ],
    ]);
    assert.ok(["calm", "angry"].includes(rows[0].label));
    assert.match(err.at(-1)!, /r\.csv written: 7 clips, 3 skipped, [\d.]+ clips a second$/);
    assert.ok(err.includes("skipped clips/broken.wav: not a media file ffmpeg can read"));
  });
});

Deno.test("predict goes on where it was killed, but not with another model's results", async () => {
  await withClips(30, async (dir) => {
    const args = ["clips", "--model", "m.emofuse", "--out", "r.csv"];
    const killed = taskCommand("predict", args, { from: dir, stdout: "null", stderr: "null" })
      .spawn();
    const partial = join(dir, "r.csv.partial");
    const written = async () => (await Deno.readTextFile(partial).catch(() => "")).split("\n");
    while ((await written()).length < 6) await new Promise((done) => setTimeout(done, 20));
    killed.kill("SIGKILL");
    await killed.status;
    const kept = (await written()).slice(0, -1);
    const found = kept.length;

    const resumed = await predict(dir, "clips", "--out", "r.csv");
    assert.equal(resumed.code, 0, resumed.err.join("\n"));
    const said = resumed.err.find((line) => line.endsWith("r.csv.partial already"));
    assert.match(said!, new RegExp(`^(${found}|${found - 1}) of 31 clips are in `));
    const rows = await rowsOf(join(dir, "r.csv"));
    assert.equal(rows.length, 31);
    assert.equal(rows.filter(({ label }) => label).length, 30);
    await assert.rejects(Deno.stat(partial), Deno.errors.NotFound);

    await Deno.writeTextFile(partial, `${kept.join("\n")}\n`);
    const other = await predict(dir, "clips/0.wav", "--seconds", "0.9", "--out", "r.csv");
    assert.ok(!other.err.some((line) => line.includes("already")));
    assert.equal((await rowsOf(join(dir, "r.csv"))).length, 1);
    assert.match(other.err.at(-1)!, new RegExp(`partial is left: it holds ${found} results`));
    assert.equal((await written()).length - 1, found + 1);
  });
});

Deno.test("predict says where it goes on when it is asked to end", async () => {
  await withClips(30, async (dir) => {
    const args = ["clips", "--model", "m.emofuse", "--out", "r.csv"];
    const asked = taskCommand("predict", args, { from: dir, stdout: "null", stderr: "piped" })
      .spawn();
    const partial = join(dir, "r.csv.partial");
    const lines = async () =>
      (await Deno.readTextFile(partial).catch(() => "")).split("\n").length - 1;
    while (await lines() < 3) await new Promise((done) => setTimeout(done, 20));
    asked.kill("SIGINT");
    const [{ code }, said] = await Promise.all([asked.status, asked.stderr.text()]);
    assert.equal(code, 130);
    const kept = /ended by SIGINT: .*r\.csv\.partial keeps (\d+) of 31 clips, the same/.exec(said);
    assert(kept, said);
    const found = await lines() - Number(kept[1]);
    assert(found === 0 || found === 1, "what was written at that moment may not be counted");
    assert.equal((await predict(dir, "clips", "--out", "r.csv")).code, 0);
    assert.equal((await rowsOf(join(dir, "r.csv"))).length, 31);
  });
});

Deno.test("predict refuses what --out cannot hold, before the work", async () => {
  await withClips(1, async (dir) => {
    const cases: [args: string[], line: RegExp][] = [
      [["clips", "--out", "r.xlsx"], /--out r\.xlsx has no known extension; allowed: FILE\.csv, /],
      [
        ["clips/0.wav", "--out", "r.srt"],
        /--out r\.srt holds the times of segments; allowed: with/,
      ],
      [
        ["clips", "--segments", "--out", "r.vtt"],
        /--out r\.vtt holds the times of one recording, there are 2 files/,
      ],
      [["clips", "--out", "clips/0.wav/r.csv"], /--out .* cannot be written/],
      [["clips", "--out", "r.csv", "--timeline", "t.html"], /--out does not go with --timeline/],
      [["clips", "--out", "r.csv", "--json"], /--json does not go with --out; allowed: /],
      [["clips", "--faces", "0"], /--faces .*Allowed: largest, all, or a whole number from 1/],
      [["clips", "--faces", "all", "--segments"], /--faces does not go with --segments/],
      [["clips", "--faces", "2", "--out", "folder"], /--faces does not go with --out folder/],
    ];
    for (const [args, line] of cases) {
      const { code, err } = await predict(dir, ...args);
      assert.equal(code, 2, args.join(" "));
      assert.match(err.join("\n"), line);
    }
    const none = await predict(dir, "clips/*.mp4");
    assert.equal(none.code, 1);
    assert.match(none.err.join("\n"), /clips\/\*\.mp4: no audio or video file has a name of this/);
  });
});

Deno.test("predict overwrites neither what it reads nor somebody else's database", async () => {
  await withClips(1, async (dir) => {
    const list = "file,label\nclips/0.wav,calm\n";
    await Deno.writeTextFile(join(dir, "list.csv"), list);
    await Deno.writeTextFile(join(dir, "clips/db.yaml"), "name: precious\n");
    for (
      const [args, said] of [
        [["list.csv", "--out", "list.csv"], "--out list.csv is what is read"],
        [["clips", "--out", "clips"], "--out clips holds a database of somebody else"],
      ] as const
    ) {
      const { code, err } = await predict(dir, ...args);
      assert.equal(code, 2);
      assert.ok(err.at(-1)!.includes(said), err.join("\n"));
    }
    assert.equal(await Deno.readTextFile(join(dir, "list.csv")), list);
    assert.equal(await Deno.readTextFile(join(dir, "clips/db.yaml")), "name: precious\n");
  });
});

Deno.test("flags for whole clips do not meet the times of a list", async () => {
  await withClips(1, async (dir) => {
    await Deno.writeTextFile(join(dir, "list.csv"), "file,start,end\nclips/0.wav,0,0.9\n");
    for (const flags of [["--seconds", "1"], ["--segments"], ["--timeline", "t.html"]]) {
      const { code, err } = await predict(dir, "list.csv", ...flags);
      assert.equal(code, 2);
      assert.match(err.at(-1)!, new RegExp(`${flags[0]} does not go with the start and end`));
    }
    await Deno.writeTextFile(join(dir, "empty.csv"), "file\n");
    const { code, err } = await predict(dir, "empty.csv");
    assert.equal(code, 1);
    assert.match(err.at(-1)!, /empty\.csv: no row under its header/);
  });
});

await testWith(
  ["ravdess"],
  "predict --segments finds what is said, as subtitles and as rows",
  async () => {
    const speaker = join(ravdessDir()!, "speech/Actor_01");
    const clips = ["03-01-01-01-01-01-01.flac", "03-01-05-02-01-01-01.flac"];
    await withFolder(async (dir) => {
      await Deno.writeFile(join(dir, "m.emofuse"), await voiceBundle());
      const decoder = await createDecoder("wasm");
      const rate = 16_000;
      const parts: Float32Array[] = [];
      try {
        for (const clip of clips) {
          const options = { picture: false, sampleRate: rate };
          parts.push(
            new Float32Array(3 * rate),
            (await decoder.decode(join(speaker, clip), options)).samples,
          );
        }
      } finally {
        await decoder.close();
      }
      const samples = Float32Array.from(parts.flatMap((part) => [...part]));
      await Deno.writeFile(
        join(dir, "talk.flac"),
        await encodeClip({ samples, sampleRate: rate }, "flac"),
      );
      await Deno.writeFile(
        join(dir, "quiet.flac"),
        await encodeClip({ samples: samples.slice(0, 3 * rate), sampleRate: rate }, "flac"),
      );
      const shown = await predict(dir, "talk.flac", "--segments", "--out", "talk.vtt");
      assert.equal(shown.code, 0, shown.err.join("\n"));
      const cues = (await Deno.readTextFile(join(dir, "talk.vtt"))).match(/^[\d:.]+ --> .*$/gm)!;
      assert.equal(cues.length, 2);

      const { code, out, err } = await predict(
        dir,
        "talk.flac",
        "quiet.flac",
        "--segments",
        "--jsonl",
      );
      assert.equal(code, 0);
      const [first, second, quiet] = out.trim().split("\n").map((line) => JSON.parse(line));
      // The clips begin with about a second of silence of their own.
      const lasts = parts[1].length / rate;
      assert.ok(
        first.start > 3 && first.start < 4.5 && first.end < 3 + lasts,
        JSON.stringify(first),
      );
      assert.ok(second.start > 6 + lasts && second.end > second.start + 1);
      assert.ok(first.label in first.probabilities);
      assert.deepEqual(quiet, { clip: "quiet.flac", error: "nobody speaks in it" });
      assert.ok(err.includes("skipped quiet.flac: nobody speaks in it"));
    });
  },
);
