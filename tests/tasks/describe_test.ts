import assert from "node:assert/strict";
import { join } from "node:path";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { callTask, runTask } from "./cli.ts";

Deno.test("describe describes a folder given relative to the caller, good and bad files alike", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const clips = join(dir, "clips");
    await Deno.mkdir(clips);
    const tone = Float32Array.from({ length: 8000 }, (_, i) => 0.3 * Math.sin(i / 5));
    const files: [string, Uint8Array][] = [
      ["03-01-02-01-01-01-01.wav", await encodeClip({ samples: tone }, "wav")],
      ["03-01-05-01-01-01-02.wav", await encodeClip({ samples: new Float32Array(12000) }, "wav")],
      ["03-01-05-01-02-01-02.wav", new Uint8Array()],
      ["holiday.wav", new Uint8Array()],
    ];
    for (const [file, bytes] of files) await Deno.writeFile(join(clips, file), bytes);

    const { code, out } = await callTask(
      ...["describe", ["--data", "clips", "--workers", "1", "--json"], { from: dir }] as const,
    );
    assert.equal(code, 0);
    const found = JSON.parse(out);
    assert.equal(found.schema, "emofuse.describe/1");
    assert.equal(found.clips, 2);
    assert.deepEqual(found.actors, [1, 2]);
    assert.deepEqual(found.seconds, { min: 1, median: 1.25, max: 1.5 });
    assert.deepEqual(found.silent, ["03-01-05-01-01-01-02.wav"]);
    assert.deepEqual(found.skipped.map(({ file }: { file: string }) => file), [
      "03-01-05-01-02-01-02.wav",
      "holiday.wav",
    ]);

    const none = await callTask(
      ...["describe", ["--data", "clips", "--actors", "3"], { from: dir }] as const,
    );
    assert.equal(none.code, 1);
    assert.match(none.said, /none of its 3 clips passes the filters/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("describe ends with one line and exit code 2 for a wrong flag, 1 for a wrong folder", async () => {
  const cases: [string[], number, RegExp][] = [
    [[], 2, /--data/],
    [["--data", ".", "--emotions", "joyful"], 2, /--emotions.*"joyful".*allowed: neutral, calm/],
    [["--data", ".", "--speed", "9"], 2, /--speed.*--data/],
    [["--data", "missing"], 1, /missing: no such folder/],
  ];
  for (const [args, code, message] of cases) {
    const result = await runTask("describe", ...args);
    assert.equal(result.code, code, args.join(" "));
    assert.equal(result.out, "");
    assert.equal(result.err.length, 1, result.said);
    assert.match(result.err[0], message);
  }
});
