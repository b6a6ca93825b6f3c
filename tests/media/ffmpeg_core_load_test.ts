import assert from "node:assert/strict";
import { FfmpegCore } from "../../src/media/ffmpeg/ffmpeg_core.ts";

Deno.test("FfmpegCore.start() works again after ffmpeg.wasm could not be read once", async () => {
  const { compile } = WebAssembly;
  WebAssembly.compile = () => Promise.reject(new Error("too many open files"));
  try {
    await assert.rejects(FfmpegCore.start(), { message: "too many open files" });
  } finally {
    WebAssembly.compile = compile;
  }
  const core = await FfmpegCore.start();
  assert.ok(core.alive);
  core.stop("done");
});
