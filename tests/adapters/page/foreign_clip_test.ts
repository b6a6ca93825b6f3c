import assert from "node:assert/strict";
import { join } from "node:path";
import { defaultModel } from "../../../src/recognize/default/default_model.ts";
import { testWith } from "../../needs.ts";
import { ravdessDir } from "../../ravdess.ts";
import { runFfmpeg } from "../../run_ffmpeg.ts";
import type { Browser } from "../../browser.ts";
import {
  assertNoProblem,
  assertNothingSent,
  openReady,
  recognise,
  shown,
  textOf,
} from "../page_stage.ts";
import { pageWith } from "./page_with.ts";

/** A clip with picture and sound, as it was published. */
const CLIP = "original/Actor_01/01-01-08-02-02-02-01.mp4";

/** What is fetched for clips that the browser cannot play. */
const decoderRequests = ({ requests }: Browser) =>
  requests.filter((request) => /foreign_clip|ffmpeg/.test(request))
    .map((request) => request.slice(request.lastIndexOf("/") + 1));

await testWith(
  ["chromium", "ffmpeg", "ravdess"],
  "a clip that the browser cannot play is decoded by ffmpeg.wasm, which is loaded only then and kept",
  async () => {
    const clip = join(ravdessDir()!, CLIP);
    await pageWith(await Deno.readFile(defaultModel()), async (stage) => {
      const { browser, dir } = stage;
      const made = async (name: string, ...args: string[]) => {
        const path = join(dir, `made-${name}`);
        await runFfmpeg("-i", clip, ...args, path);
        return await Deno.readFile(path);
      };
      await openReady(stage);
      await recognise(stage, "clip.mp4", await Deno.readFile(clip));
      await assertNoProblem(browser);
      const expected = await shown(browser);
      const isLike = ({ label, shares, rows, remark }: typeof expected) => {
        assert.equal(label, expected.label);
        shares.forEach((share: number, i: number) =>
          assert.ok(Math.abs(share - expected.shares[i]) < 0.05, `${shares}, ${expected.shares}`)
        );
        assert.equal(rows.length, expected.rows.length);
        assert.equal(remark, expected.remark);
      };
      assert.match(expected.remark, /^By the voice and face/);
      // A film without sound, sound without a film: nothing is missing that another decoder would find.
      await recognise(stage, "silent.mp4", await made("silent.mp4", "-an", "-c:v", "copy"));
      await recognise(stage, "voice.flac", await made("voice.flac", "-vn"));
      await assertNoProblem(browser);
      assert.deepEqual(decoderRequests(browser), []);

      // The same picture and sound in containers, or by a codec, that Chromium does not know.
      await recognise(stage, "clip.avi", await made("clip.avi", "-c", "copy"));
      await assertNoProblem(browser);
      isLike(await shown(browser));
      const loaded = decoderRequests(browser);
      assert.deepEqual([...new Set(loaded)].toSorted(), [
        "ffmpeg-core.js",
        "ffmpeg-core.wasm",
        "ffmpeg_worker.js",
        "foreign_clip.js",
      ]);
      const ac3 = ["-c:v", "copy", "-c:a", "ac3", "-b:a", "448k"];
      await recognise(stage, "clip.mkv", await made("clip.mkv", ...ac3));
      await assertNoProblem(browser);
      isLike(await shown(browser));
      const since = decoderRequests(browser).slice(loaded.length);
      assert.ok(!since.includes("ffmpeg-core.wasm"), `${since}: it is loaded once`);

      const broken = await made("broken.avi", "-c", "copy");
      await recognise(stage, "broken.avi", broken.subarray(0, 20_000));
      assert.match(
        await textOf(browser, "problem"),
        /^Nothing here can decode “broken\.avi”: truncated or damaged: .*\.$/,
      );
      assert.equal(await textOf(browser, "label"), "");
      await recognise(stage, "notes.wmv", new TextEncoder().encode("no clip at all"));
      assert.equal(
        await textOf(browser, "problem"),
        "Nothing here can decode “notes.wmv”: not a media file ffmpeg can read.",
      );
      assertNothingSent(stage);

      await stage.stopServer();
      await openReady(stage);
      await recognise(stage, "again.avi", await made("again.avi", "-c", "copy"));
      await assertNoProblem(browser);
      isLike(await shown(browser));
    });
  },
);
