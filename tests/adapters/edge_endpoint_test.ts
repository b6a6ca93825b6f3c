import assert from "node:assert/strict";
import { join } from "node:path";
import { encode as encodePng } from "fast-png";
import jpeg from "jpeg-js";
import { MODEL_FILE } from "../../adapters/bundle/edge_files.ts";
import { writeFolder } from "../../adapters/bundle/write_folder.ts";
import { startWorkerd } from "../../adapters/workerd/start_workerd.ts";
import { encodeClip } from "../../src/media/encode_clip.ts";
import { resample } from "../../src/audio/resample.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { decodeBundle } from "../../src/recognize/bundle/bundle.ts";
import { type Need, testWith } from "../needs.ts";
import { voiceBundle } from "../recognize/voice_bundle.ts";
import { orientedJpeg, orientedPng } from "../serve/exif.ts";
import { assertSame } from "./compare_predictions.ts";
import { edgeFilesOnce } from "./edge_files_once.ts";
import { rawHttp } from "./raw_http.ts";
import { startNode } from "./start_node.ts";
import { testClips } from "./test_clips.ts";
import { audioVisualModel } from "./test_models.ts";

/** A request to the endpoint, made anew for each that is asked. */
type Ask = { readonly path: string; readonly init: () => RequestInit };

const post = (body: BodyInit, type?: string, query = ""): Ask => ({
  path: `/v1/predict${query}`,
  init: () => ({ method: "POST", body, ...(type && { headers: { "content-type": type } }) }),
});

const UPRIGHT = "a PNG file", LYING = "a PNG file on its side, called a JPEG";

/** Every kind of upload that works without a decoder, and some that must be refused. */
async function asks(): Promise<Record<string, { readonly ask: Ask; readonly status: number }>> {
  const { unseen, file } = await testClips();
  const { samples, sampleRate, frames } = unseen;
  const { height, width, n, fps } = frames;
  const size = height * width * 3;
  const picture = (i: number) =>
    frames.data.slice(i * size, (i + 1) * size) as Uint8Array<ArrayBuffer>;
  const rgba = (i: number) => {
    const rgb = picture(i);
    return Uint8Array.from(
      { length: height * width * 4 },
      (_, at) => at % 4 === 3 ? 255 : rgb[(at >> 2) * 3 + at % 4],
    );
  };
  const jpegs = Array.from(
    { length: n },
    (_, i) => new Uint8Array(jpeg.encode({ data: rgba(i), width, height }, 90).data),
  );
  const pngs = Array.from(
    { length: n },
    (_, i) =>
      encodePng({ data: picture(i), width, height, channels: 3 }) as Uint8Array<ArrayBuffer>,
  );
  const at16 = resample(await loadDsp(), samples, { from: sampleRate, to: 16_000 });
  const wav = await encodeClip({ samples: at16, sampleRate: 16_000 }, "wav");
  const pcm = new Uint8Array(samples.length * 2);
  const view = new DataView(pcm.buffer);
  // L16 is big-endian (RFC 2586).
  samples.forEach((value, i) => view.setInt16(2 * i, Math.round(value * 32767), false));
  const form = (type: string, files: readonly Uint8Array<ArrayBuffer>[]) => {
    const data = new FormData();
    data.append("audio", new Blob([wav], { type: "audio/wav" }), "a.wav");
    for (const file of files) data.append("frames", new Blob([file], { type }), "f");
    data.append("fps", String(fps));
    return data;
  };
  const raw = frames.data as Uint8Array<ArrayBuffer>;
  const face = { width, height, data: picture(0) };
  return {
    "a WAV file of 16 kHz": { ask: post(wav, "audio/wav"), status: 200 },
    "PCM": { ask: post(pcm, `audio/L16; rate=${sampleRate}`), status: 200 },
    "WAV and JPEG files": { ask: post(form("image/jpeg", jpegs)), status: 200 },
    "WAV and PNG files": { ask: post(form("image/png", pngs)), status: 200 },
    [UPRIGHT]: { ask: post(orientedPng(face, 1), "image/png"), status: 200 },
    [LYING]: { ask: post(orientedPng(face, 6), "image/jpg"), status: 200 },
    "a JPEG file on its side": { ask: post(orientedJpeg(face, 8), "image/jpg"), status: 200 },
    "raw frames": {
      ask: post(raw, `video/raw; sampling=RGB; width=${width}; height=${height}; fps=${fps}`),
      status: 200,
    },
    "a stream": { ask: post(wav, "audio/wav", "?stream&window=1&hop=0.5"), status: 200 },
    "a container": { ask: post(file, "video/mp4"), status: 415 },
    "half a PNG file": { ask: post(pngs[0].slice(0, 500), "image/png"), status: 422 },
    "JSON that is none": { ask: post("{", "application/json"), status: 400 },
    "the model": { ask: { path: "/v1/model", init: () => ({}) }, status: 200 },
    "its health": { ask: { path: "/healthz", init: () => ({}) }, status: 200 },
    "nothing there": { ask: { path: "/../etc/passwd", init: () => ({}) }, status: 404 },
  };
}

interface Server {
  readonly url: string;
  readonly stop: () => Promise<unknown>;
}

function endpointTest(
  runtime: string,
  need: Need,
  start: (dir: string) => Promise<Server>,
): Promise<void> {
  return testWith([need], `${runtime} answers every kind of request as Deno does`, async () => {
    const limits = serveLimits();
    const recognizer = await loadRecognizer((await audioVisualModel()).bytes);
    const app = createApp({ runner: new InlineRunner(recognizer, limits), limits });
    const dir = await Deno.makeTempDir();
    const server = await start(dir);
    try {
      const answers: Record<string, string> = {};
      for (const [name, { ask, status }] of Object.entries(await asks())) {
        const here = await app.fetch(new Request(`http://localhost${ask.path}`, ask.init()));
        const there = await fetch(server.url + ask.path, ask.init());
        const [expected, actual] = [await here.text(), await there.text()];
        assert.equal(here.status, status, `${name}: ${expected}`);
        assert.equal(there.status, status, `${name}: ${actual}`);
        const type = there.headers.get("content-type");
        assert.equal(type, here.headers.get("content-type"), name);
        assertSameText(actual, expected, type!);
        answers[name] = actual;
      }
      assert.equal(answers[LYING], answers[UPRIGHT]);
    } finally {
      await server.stop();
      recognizer.dispose();
      await Deno.remove(dir, { recursive: true });
    }
  });
}

/** The same text, where there are predictions in it but for their rounding. */
function assertSameText(actual: string, expected: string, type: string): void {
  if (type.startsWith("text/event-stream")) {
    const events = (text: string) =>
      text.matchAll(/^data: (.*"label".*)$/gm).map(([, data]) => JSON.parse(data)).toArray();
    const wanted = events(expected);
    assert.ok(wanted.length > 1);
    assert.equal(events(actual).length, wanted.length);
    events(actual).forEach((prediction, i) => assertSame(prediction, wanted[i]));
  } else if (expected.includes('"probabilities"')) {
    assertSame(JSON.parse(actual), JSON.parse(expected));
  } else assert.deepEqual(JSON.parse(actual), JSON.parse(expected));
}

/** Runs `work` with the folder of Node's server and a model that only listens. */
async function withVoiceServer(work: (folder: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    const bytes = await voiceBundle();
    const { card } = await decodeBundle(bytes);
    const folder = join(dir, "node");
    await writeFolder(folder, await edgeFilesOnce("node", { bytes, card }));
    await work(folder);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

await endpointTest("Node", "node", async (dir) => {
  const folder = join(dir, "node");
  await writeFolder(folder, await edgeFilesOnce("node", await audioVisualModel()));
  return await startNode(folder, MODEL_FILE);
});

await testWith(
  ["node"],
  "Node's server answers to the names and origins that its flags allow",
  () =>
    withVoiceServer(async (folder) => {
      const flags = [
        "--allowed-hosts",
        "emofuse.example",
        "--allowed-origins",
        "https://a.example",
      ];
      const server = await startNode(folder, MODEL_FILE, { flags });
      const ask = async (host: string, origin: string) => {
        const request = `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\n\r\n`;
        const { status, body } = await rawHttp(server.url, [request], 10);
        return `${status} ${JSON.parse(body).detail}`;
      };
      assert.match(await ask("localhost", "http://localhost"), /^200/);
      assert.match(await ask("emofuse.example", "https://a.example"), /^200/);
      assert.match(await ask("evil.example", "http://evil.example"), /^421 .* --allowed-hosts$/);
      assert.match(await ask("localhost", "http://evil.example"), /^403 .* --allowed-origins$/);
      assert.equal((await server.stop()).code, 0);
      for (
        const [flag, value] of [["--allowed-hosts", "a:80"], ["--allowed-origins", "a.example"]]
      ) {
        const wrong = startNode(folder, MODEL_FILE, { flags: [flag, value] });
        await assert.rejects(wrong, new RegExp(`error: ${flag}: "${value}" is no`));
      }
    }),
);

await testWith(
  ["node"],
  "a second signal ends Node's server at once, also if it is another one",
  () =>
    withVoiceServer(async (folder) => {
      const server = await startNode(folder, MODEL_FILE);
      // An upload that does not end keeps the server from stopping.
      const body = new ReadableStream({
        pull(controller) {
          controller.enqueue(new Uint8Array(1000));
          return new Promise(() => {});
        },
      });
      const failed = assert.rejects(fetch(`${server.url}/v1/predict`, { method: "POST", body }));
      const asked = async (path: string) => await (await fetch(server.url + path)).text();
      while (!/emofuse_held_bytes [1-9]/.test(await asked("/metrics")));
      server.kill("SIGINT");
      const { code } = await server.stop();
      // Of two that come at once either may be heard first.
      assert(code === 130 || code === 143, `${code}`);
      await failed;
    }),
);

await endpointTest("workerd", "workerd", async (dir) => {
  const folder = join(dir, "workerd");
  await writeFolder(folder, await edgeFilesOnce("workerd", await audioVisualModel()));
  return await startWorkerd(folder);
});
