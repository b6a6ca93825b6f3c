import assert from "node:assert/strict";
import { type ModelServer, serveModel } from "../../adapters/deno/serve_model.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import type { ServeLimits } from "../../src/serve/limits.ts";
import { withSpiedWorkers } from "../media/spied_workers.ts";
import { movingFrames } from "../media/synthetic_clip.ts";
import { SAMPLE_RATE, tone, voiceBundle } from "../recognize/voice_bundle.ts";
import { testClips } from "./test_clips.ts";
import { audioVisualModel } from "./test_models.ts";

/** Runs `work` with a server of a model that listens to tones. */
async function withServer(
  limits: Partial<ServeLimits>,
  work: (server: ModelServer) => Promise<void>,
): Promise<void> {
  const server = await serveModel({ bundle: await voiceBundle(), port: 0, limits });
  try {
    await work(server);
  } finally {
    await server.stop();
  }
}

const post = async ({ url }: ModelServer, body: Uint8Array<ArrayBuffer>, type: string) => {
  const headers = { "content-type": type };
  const response = await fetch(`${url}/v1/predict`, { method: "POST", body, headers });
  return { status: response.status, body: await response.json() };
};

const flac = (label: 0 | 1, seconds = 2) =>
  encodeClip({ samples: tone(label, seconds), sampleRate: SAMPLE_RATE }, "flac");

Deno.test("a container is predicted as its bare samples are", async () => {
  await withServer({}, async (server) => {
    for (const label of [0, 1] as const) {
      const bare = await post(
        server,
        new Uint8Array(tone(label).buffer),
        `audio/pcm; rate=${SAMPLE_RATE}; encoding=f32le`,
      );
      const contained = await post(server, await flac(label), "audio/flac");
      assert.equal(bare.body.label, ["calm", "angry"][label]);
      const difference = contained.body.probabilities.calm - bare.body.probabilities.calm;
      assert.ok(Math.abs(difference) < 1e-3, `${difference}`);
    }
  });
});

Deno.test("a model that only listens takes the sound of a film, and refuses a silent one", async () => {
  const picture = { frames: movingFrames(20, 64, 36), width: 64, height: 36, fps: 10 };
  await withServer({}, async (server) => {
    const film = await encodeClip({ ...picture, samples: tone(1) }, "mp4");
    const { status, body } = await post(server, film, "video/mp4");
    assert.equal(status, 200);
    assert.equal(body.label, "angry");
    const silent = await post(server, await encodeClip(picture, "mp4"), "video/mp4");
    assert.equal(silent.status, 422);
    assert.match(silent.body.detail, /no sound track/);
  });
});

Deno.test("a decoder that crashes is replaced, and its clip is refused with 422", async () => {
  const clip = await flac(1);
  // A clip takes two requests of the decoder.
  await withSpiedWorkers([2], async (made) => {
    await withServer({}, async (server) => {
      const crashed = await post(server, clip, "audio/flac");
      assert.equal(crashed.status, 422);
      assert.match(crashed.body.detail, /ffmpeg crashed: memory access out of bounds/);
      assert.equal((await post(server, clip, "audio/flac")).status, 200);
    });
    const decoders = made.filter(({ name }) => name === "ffmpeg");
    assert.equal(decoders.length, 2);
    for (const { deno } of decoders) {
      assert.deepEqual(new Set(Object.values(deno!.permissions!)), new Set([false]));
    }
  });
});

Deno.test("a decoder that hangs is replaced, and its clip is refused with 504", async () => {
  const clip = await flac(1);
  await withSpiedWorkers([], async (made) => {
    await withServer({ timeoutSeconds: 1.5 }, async (server) => {
      const hung = await post(server, clip, "audio/flac");
      assert.equal(hung.status, 504);
      assert.match(hung.body.detail, /took longer than 1\.5 s/);
      assert.equal((await post(server, clip, "audio/flac")).status, 200);
    });
    assert.equal(made.filter(({ name }) => name === "ffmpeg").length, 2);
  }, [2]);
});

Deno.test("prediction workers may read WebAssembly, and nothing else", async () => {
  await withSpiedWorkers([], async (made) => {
    await withServer({ concurrency: 2 }, () => Promise.resolve());
    const workers = made.filter(({ name }) => name === "predict");
    assert.equal(workers.length, 2);
    for (const { deno } of workers) {
      const permissions = deno!.permissions as Deno.PermissionOptionsObject;
      const granted = Object.entries(permissions).filter(([, what]) => what !== false);
      assert.deepEqual(granted.map(([name]) => name), ["read"]);
      for (const folder of permissions.read as URL[]) {
        assert.match(folder.pathname, /\/(build|node_modules)\/$/);
      }
    }
  });
});

Deno.test("a film is predicted by voice and face, as a whole and along its length", async () => {
  const { file } = await testClips();
  const bundle = new Uint8Array((await audioVisualModel()).bytes);
  const limits = { timeoutSeconds: 300 };
  const server = await serveModel({ bundle, port: 0, limits });
  try {
    const { status, body } = await post(server, file, "video/mp4");
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.used, ["audio", "video"]);
    assert.deepEqual(Object.keys(body.modalities), ["audio", "video"]);
    const stream = await fetch(`${server.url}/v1/predict?stream&window=2&hop=1`, {
      ...{ method: "POST", body: file, headers: { "content-type": "video/mp4" } },
    });
    const text = await stream.text();
    const events = [...text.matchAll(/^event: prediction\ndata: (.*)$/gm)]
      .map(([, data]) => JSON.parse(data));
    assert.ok(events.length >= 2, text);
    for (const { used } of events) assert.deepEqual(used, ["audio", "video"]);
    assert.deepEqual(events.slice(0, 2).map(({ start, end }) => [start, end]), [[0, 2], [1, 3]]);
    assert.match(text, new RegExp(`event: end\ndata: {"predictions":${events.length}}\n`));
  } finally {
    await server.stop();
  }
});
