import assert from "node:assert/strict";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { maxDifference, smallMp4, tone } from "../media/synthetic_clip.ts";
import { runTask } from "./cli.ts";
import { withFolder } from "../with_folder.ts";

function filesIn(dir: string): string[] {
  return Array.from(Deno.readDirSync(dir), ({ name }) => name).sort();
}

Deno.test("split writes both folders, and names, skips and counts what fails", async () => {
  await withFolder(async (dir) => {
    const data = `${dir}/data`;
    const out = `${dir}/out`;
    await Deno.mkdir(data);
    const mp4 = await smallMp4();
    const samples = tone(4000);
    await Deno.writeFile(`${data}/01-01-05-01-01-01-01.mp4`, mp4);
    await Deno.writeFile(`${data}/01-01-05-01-01-02-01.mp4`, mp4.slice(0, mp4.length / 2));
    await Deno.writeFile(
      `${data}/03-01-02-01-01-01-01.flac`,
      await encodeClip({ samples }, "flac"),
    );
    await Deno.writeFile(`${data}/01-01-08-01-01-01-01.mp4`, mp4);
    const { code, out: printed, said } = await runTask("split", ...[
      "--data",
      data,
      "--out",
      out,
      "--emotions",
      "calm,angry",
      "--workers",
      "2",
    ]);
    assert.equal(code, 0, said);
    assert.equal(printed, `2 clips written to ${out}, 1 skipped\n`);
    assert.match(said, /^skipped 01-01-05-01-01-02-01\.mp4: truncated or damaged: only/m);
    assert.match(said, /3\/3 clips/);
    assert.deepEqual(filesIn(`${out}/video_only`), ["01-01-05-01-01-01-01.mp4"]);
    assert.deepEqual(filesIn(`${out}/audio_only`), [
      "01-01-05-01-01-01-01.wav",
      "03-01-02-01-01-01-01.wav",
    ]);

    const decoder = new WasmDecoder();
    assert.deepEqual(await decoder.inspect(`${out}/video_only/01-01-05-01-01-01-01.mp4`), {
      ...{ seconds: 4, pictureSeconds: 4, hasPicture: true, hasSound: false, silent: false },
      ...{ width: 227, height: 128, fps: 30, problems: {}, warnings: [] },
    });
    const sound = await decoder.decode(`${out}/audio_only/03-01-02-01-01-01-01.wav`, {
      picture: false,
    });
    await decoder.close();
    assert.equal(sound.samples.length, 32_000);
    assert.ok(maxDifference(sound.samples.subarray(0, 4000), samples) <= 2 / 32768);
    assert.ok(sound.samples.subarray(4000).every((value) => value === 0));
  });
});

Deno.test("split ends with code 1 where no clip can be split", async () => {
  await withFolder(async (dir) => {
    await Deno.writeFile(`${dir}/01-01-05-01-01-01-01.mp4`, new Uint8Array());
    const { code, said } = await runTask("split", "--data", dir, "--out", `${dir}/out`);
    assert.equal(code, 1);
    assert.match(said, /^skipped 01-01-05-01-01-01-01\.mp4: file is empty$/m);
    assert.match(said, /^error: no clip could be split$/m);
  });
});

Deno.test("split ends with code 2 and one line that names a wrong flag", async () => {
  const { code, said } = await runTask(
    "split",
    "--data",
    ".",
    "--out",
    "x",
    "--emotions",
    "furious",
  );
  assert.equal(code, 2);
  assert.match(said, /^error: option '--emotions <list>' argument 'furious' is invalid/m);
});
