import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { inspectClip } from "../../src/media/inspect_clip.ts";

/** What ffprobe says of two seconds of film with sound. */
const PROBED = JSON.stringify({
  streams: [
    {
      ...{ index: 0, codec_type: "video", codec_name: "h264", pix_fmt: "yuv420p" },
      ...{ width: 1280, height: 720, avg_frame_rate: "30/1", nb_read_packets: "60" },
    },
    {
      ...{ index: 1, codec_type: "audio", codec_name: "aac", sample_fmt: "fltp" },
      ...{ channels: 1, sample_rate: "8000", nb_read_packets: "16" },
    },
  ],
  format: { format_name: "matroska" },
});

Deno.test("inspectClip() reads the first frame in a run of its own, or all would be decoded", async () => {
  const runs: number[] = [];
  const info = await inspectClip({
    decoder: "wasm",
    path: "film.mkv",
    head: new Uint8Array(16),
    size: 1000,
    bytes: () => Promise.resolve(new Uint8Array(1000)),
    dsp: loadDsp,
    probe: () => Promise.resolve({ stdout: PROBED, log: [] }),
    async transcode(outputs) {
      runs.push(outputs.length);
      for (const { args, take } of outputs) {
        await take(new Uint8Array(args.includes("-vf") ? 16 * 16 : 4 * 2 * 8000));
      }
      return { success: true, log: ["[mkv @ 0x1] [error] something is odd"] };
    },
  });
  assert.deepEqual(runs, [1, 1]);
  assert.equal(info.pictureSeconds, 2);
  assert.ok(info.hasPicture && info.hasSound && info.silent);
  assert.deepEqual(info.warnings, ["ffmpeg complained: something is odd"]);
});
