import assert from "node:assert/strict";
import { CoreStoppedError, FfmpegCore } from "../../src/media/ffmpeg_core.ts";
import type { RunRequest } from "../../src/media/ffmpeg_worker.ts";
import { wav } from "./synthetic_clip.ts";

const nothing = { write: [], read: [], remove: [] };
const version: RunRequest = { ...nothing, program: "ffmpeg", args: ["-version"] };

Deno.test("FfmpegCore.run() gives code, output, log and files, run after run", async () => {
  const core = await FfmpegCore.start();
  try {
    for (let i = 0; i < 3; i++) {
      const result = await core.run({
        write: [{ name: "in", bytes: wav([[0.5], [0.25]]) }],
        program: "ffmpeg",
        args: ["-loglevel", "error", "-i", "in", "-f", "s16le", "out"],
        read: ["out", "absent"],
        remove: ["in"],
      }, 60);
      assert.equal(result.code, 0);
      assert.deepEqual(result.log, []);
      assert.deepEqual(result.files.map((file) => [...file]), [[0, 0x40, 0, 0x20], []]);
    }
    const { code, log } = await core.run({
      ...nothing,
      program: "ffmpeg",
      args: ["-loglevel", "error", "-i", "in", "-f", "null", "-"],
    }, 60);
    assert.equal(code, 1, "the files of the runs before are gone");
    assert.match(log.join("\n"), /No such file or directory/);
    assert.match((await core.run(version, 60)).stdout, /^ffmpeg version /);
    assert.ok(core.heapBytes > 0);
  } finally {
    core.stop("done");
  }
});

Deno.test("FfmpegCore.run() fails for good after a crash or a stop", async () => {
  for (const end of ["crash", "stop"] as const) {
    const core = await FfmpegCore.start();
    const crashing: RunRequest = {
      ...version,
      write: [{ name: "/no/such/folder/in", bytes: new Uint8Array(1) }],
    };
    const run = core.run(end === "crash" ? crashing : version, 60);
    if (end === "stop") core.stop("enough");
    const message = end === "crash" ? /^ffmpeg crashed: / : /^enough$/;
    for (const attempt of [() => run, () => core.run(version, 60)]) {
      await assert.rejects(attempt, (error) => {
        assert.ok(error instanceof CoreStoppedError);
        assert.equal(error.crashed, end === "crash");
        assert.match(error.message, message);
        return true;
      });
      assert.equal(core.alive, false);
    }
  }
});
