import assert from "node:assert/strict";
import { FfmpegCore } from "../../src/media/ffmpeg/ffmpeg_core.ts";

Deno.test("FfmpegCore.start() works again after ffmpeg.wasm could not be read once", async () => {
  const { readFile } = Deno;
  Deno.readFile = () => Promise.reject(new Error("too many open files"));
  try {
    await assert.rejects(FfmpegCore.start(), { message: "too many open files" });
  } finally {
    Deno.readFile = readFile;
  }
  const core = await FfmpegCore.start();
  assert.ok(core.alive);
  core.stop("done");
});
