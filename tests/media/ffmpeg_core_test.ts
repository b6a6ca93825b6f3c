import assert from "node:assert/strict";
import { PACKAGE_CORE } from "../../src/media/ffmpeg/package_core.ts";
import { CoreStoppedError, FfmpegCore } from "../../src/media/ffmpeg/ffmpeg_core.ts";
import type { RunRequest } from "../../src/media/ffmpeg/ffmpeg_worker.ts";
import { wav } from "./synthetic_clip.ts";

const nothing = { write: [], read: [] };
const version: RunRequest = { ...nothing, program: "ffmpeg", args: ["-version"] };

Deno.test("FfmpegCore.run() gives code, output, log and files, run after run", async () => {
  const core = await FfmpegCore.start(PACKAGE_CORE);
  try {
    for (let i = 0; i < 3; i++) {
      const result = await core.run({
        write: [{ name: "in", bytes: wav([[0.5], [0.25]]) }],
        program: "ffmpeg",
        args: ["-loglevel", "error", "-i", "in", "-f", "s16le", "out"],
        read: ["out", "absent"],
      }, 60);
      await core.remove(["in", "absent"]);
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

Deno.test("FfmpegCore.run() hands over what is written while it runs, and waits for the taker", async () => {
  const core = await FfmpegCore.start(PACKAGE_CORE);
  try {
    const parts: Uint8Array[] = [];
    const samples = Array.from({ length: 3_000_000 }, (_, i) => [(i % 1000) / 1000]);
    let busy = 0;
    const result = await core.run(
      {
        write: [{ name: "in", bytes: wav(samples) }],
        program: "ffmpeg",
        args: [
          "-y",
          "-loglevel",
          "error",
          "-i",
          "in",
          "-f",
          "f32le",
          "out0",
          "-f",
          "s16le",
          "out1",
        ],
        stream: ["out0", "out1"],
        read: [],
      },
      60,
      [{
        bytesPerSecond: 32000,
        async take(bytes) {
          assert.equal(busy++, 0, "parts come one after the other");
          await new Promise((resolve) => setTimeout(resolve, 20));
          busy--;
          parts.push(bytes);
        },
      }, { bytesPerSecond: 16000, take() {} }],
    );
    assert.deepEqual([result.code, result.log], [0, []]);
    assert.equal(parts.reduce((sum, part) => sum + part.length, 0), 12_000_000);
    const floats = new Float32Array(parts[0].buffer, 0, 1000);
    assert.ok(Math.abs(floats[500] - 0.5) < 1e-4, `${floats[500]}`);
    assert.ok(result.heapBytes < 64 * 2 ** 20, "the output does not fill the memory");
  } finally {
    core.stop("done");
  }
});

Deno.test("FfmpegCore.run() stops ffmpeg where the taker refuses", async () => {
  const core = await FfmpegCore.start(PACKAGE_CORE);
  const error = new Error("no more");
  const samples = Array.from({ length: 600_000 }, () => [0.1]);
  const run = core.run(
    {
      write: [{ name: "in", bytes: wav(samples) }],
      program: "ffmpeg",
      args: ["-y", "-i", "in", "-f", "f32le", "out0"],
      stream: ["out0"],
      read: [],
    },
    60,
    [{
      bytesPerSecond: 32000,
      take() {
        throw error;
      },
    }],
  );
  await assert.rejects(run, error);
  assert.equal(core.alive, false);
});

Deno.test("FfmpegCore.run() fails for good after a crash or a stop", async () => {
  for (const end of ["crash", "stop"] as const) {
    const core = await FfmpegCore.start(PACKAGE_CORE);
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
