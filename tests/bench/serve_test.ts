import assert from "node:assert/strict";
import { join } from "node:path";
import { benchServe } from "../../bench/serve/serve.ts";
import { serveTable } from "../../bench/serve/serve_table.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { tone, voiceBundle } from "../recognize/voice_bundle.ts";

Deno.test("benchServe() measures load, cold starts, memory and streaming, and serveTable() shows them", async () => {
  const dir = await Deno.makeTempDir({ prefix: "emofuse-bench-" });
  try {
    const [model, clip] = [join(dir, "voice.emofuse"), join(dir, "tone.flac")];
    await Deno.writeFile(model, await voiceBundle());
    await Deno.writeFile(clip, await encodeClip({ samples: tone(1) }, "flac"));
    const options = { rounds: 1, seconds: 0, predictions: 120, recording: 5 };
    const [row, ...others] = await benchServe({ model, clip, ...options });
    assert.deepEqual(others, []);
    assert.deepEqual(row.modalities, ["voice"]);
    assert.deepEqual(row.loads.map(({ name }) => name), ["sound as WAV", "sound as MP4"]);
    for (const { n, perSecond, p50, p99 } of row.loads) {
      assert.ok(n >= 4 && perSecond > 0 && p50 > 0 && p99 >= p50);
    }
    assert.ok(row.burst.predicted > 0);
    assert.equal(row.burst.predicted + row.burst.refused, 200);
    const [deno, workerd] = row.coldStarts;
    assert.ok(deno.ms! > 0 && (workerd.ms === undefined || workerd.ms > 0));
    assert.ok(row.memory.residentMb.every((mb) => mb > 10));
    // Windows of 4 s every half second: they end at 4, 4.5 and 5 s.
    assert.equal(row.stream.predictions, 3);
    assert.ok(row.stream.seconds > 0);
    const table = serveTable([row]);
    for (const { perSecond } of row.loads) assert.ok(table.includes(perSecond.toPrecision(3)));
    assert.match(table, /streaming 5 s on one core: \d+\.\d times real time \(3 predictions\)/);
    assert.match(table, /memory: \d+ MB after 100 predictions, \d+ MB after 60, \d+ MB after 120/);
    await assert.rejects(
      benchServe({ model: clip, clip }),
      /--model .*tone\.flac: this is not an Emofuse bundle/,
    );
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
