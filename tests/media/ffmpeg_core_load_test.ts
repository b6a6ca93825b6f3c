import assert from "node:assert/strict";
import { PACKAGE_CORE } from "../../src/media/ffmpeg/package_core.ts";
import { FfmpegCore } from "../../src/media/ffmpeg/ffmpeg_core.ts";

Deno.test("FfmpegCore.start() works again after ffmpeg.wasm could not be read once", async () => {
  const { compile } = WebAssembly;
  WebAssembly.compile = () => Promise.reject(new Error("too many open files"));
  try {
    await assert.rejects(FfmpegCore.start(PACKAGE_CORE), { message: "too many open files" });
  } finally {
    WebAssembly.compile = compile;
  }
  const core = await FfmpegCore.start(PACKAGE_CORE);
  assert.ok(core.alive);
  core.stop("done");
});
