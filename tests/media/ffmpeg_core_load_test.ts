import assert from "node:assert/strict";
import { DENO_CORE } from "../../src/media/ffmpeg/deno_core.ts";
import { FfmpegCore } from "../../src/media/ffmpeg/ffmpeg_core.ts";

Deno.test("FfmpegCore.start() works again after ffmpeg.wasm could not be read once", async () => {
  const { readFile } = Deno;
  Deno.readFile = () => Promise.reject(new Error("too many open files"));
  try {
    await assert.rejects(FfmpegCore.start(DENO_CORE), { message: "too many open files" });
  } finally {
    Deno.readFile = readFile;
  }
  const core = await FfmpegCore.start(DENO_CORE);
  assert.ok(core.alive);
  core.stop("done");
});
