import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { listen, type Listener } from "../../adapters/http/listen.ts";
import { sendResponse } from "../../adapters/http/send_response.ts";
import { type App, createApp } from "../../src/serve/create_app.ts";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import { toneBytes, wavFile } from "../serve/clips.ts";
import { CARD, fakeRecognizer } from "../serve/fake_recognizer.ts";
import { rawHttp, requestBytes } from "./raw_http.ts";

/** Runs `work` with an app that listens on a free port. */
async function withListener(
  app: App,
  work: (listener: Listener) => Promise<void>,
): Promise<void> {
  const options = { host: "127.0.0.1", port: 0, timeoutSeconds: 2, maxHeaderBytes: 8192 };
  const listener = await listen(app, options);
  try {
    await work(listener);
  } finally {
    await listener.stop();
  }
}

const limits = serveLimits({ maxBytes: 100_000 });
const inline = () => new InlineRunner(fakeRecognizer(), limits);
const wav = { method: "POST", body: wavFile(toneBytes(8000)) };

Deno.test("listen() hands requests over and sends the responses back", async () => {
  const page = { bytes: new Uint8Array(1e6).fill(97), type: "text/html" };
  const app = createApp({ runner: inline(), limits, assets: new Map([["/index.html", page]]) });
  await withListener(app, async ({ url }) => {
    const prediction = await fetch(`${url}/v1/predict`, wav);
    assert.equal(prediction.status, 200);
    assert.equal((await prediction.json()).label, "calm");
    const stream = await fetch(`${url}/v1/predict?stream`, wav);
    assert.match(await stream.text(), /event: end/);
    const whole = await fetch(url);
    assert.equal((await whole.text()).length, 1e6);
    assert.equal(whole.headers.get("content-security-policy"), "frame-ancestors 'none'");
    const head = await fetch(url, { method: "HEAD" });
    assert.equal(head.headers.get("content-length"), "1000000");
    assert.equal(await head.text(), "");
  });
});

Deno.test("a client that uploads too much gets its 413 while it is still sending", async () => {
  const app = createApp({ runner: inline(), limits });
  await withListener(app, async ({ url }) => {
    const body = new Uint8Array(20e6);
    for (let i = 0; i < 5; i++) {
      const response = await fetch(`${url}/v1/predict`, { method: "POST", body });
      assert.equal(response.status, 413);
      assert.match((await response.json()).detail, /100000 bytes/);
    }
  });
});

Deno.test("events reach the client one by one, and its leaving ends the stream", async () => {
  let given = 0, ended = false;
  const app = createApp({
    limits,
    runner: {
      card: CARD,
      predict: () => Promise.reject(new Error("not asked")),
      enrol: () => Promise.reject(new Error("not asked")),
      async *stream() {
        try {
          for (;;) {
            given++;
            const probabilities = { calm: 1, angry: 0 };
            yield {
              ...{
                label: "calm",
                likeliest: "calm",
                probabilities,
                modalities: {},
                used: [],
                quality: [],
                warnings: [],
              },
              ...{ start: given, end: given + 1 },
            };
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        } finally {
          ended = true;
        }
      },
    },
  });
  await withListener(app, async ({ url }) => {
    const response = await fetch(`${url}/v1/predict?stream`, wav);
    const reader = response.body!.getReader();
    const first = new TextDecoder().decode((await reader.read()).value);
    assert.match(first, /^event: prediction\ndata: .*"start":1,/);
    await reader.cancel();
    for (let i = 0; i < 200 && !ended; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(ended);
  });
});

Deno.test("stop() finishes what is under way and refuses new clips with 503", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  const runner = inline();
  const app = createApp({
    limits,
    runner: {
      card: CARD,
      predict: (source) => held.then(() => runner.predict(source)),
      enrol: (source, former) => runner.enrol(source, former),
      stream: (source, options) => runner.stream(source, options),
    },
  });
  const listener = await listen(app, { host: "127.0.0.1", port: 0, timeoutSeconds: 2 });
  const under = fetch(`${listener.url}/v1/predict`, wav);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const stopped = listener.stop();
  const refused = await fetch(`${listener.url}/v1/predict`, wav);
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.headers.get("retry-after")) >= 1);
  await refused.body?.cancel();
  release();
  const response = await under;
  assert.equal(response.status, 200);
  await response.body?.cancel();
  await stopped;
  await assert.rejects(fetch(listener.url));
});

Deno.test("a hundred requests in one packet are answered in their order", async () => {
  const app = createApp({ runner: inline(), limits });
  await withListener(app, async ({ url }) => {
    const one = requestBytes("GET", "/healthz", {});
    const many = new Uint8Array(one.length * 100);
    for (let i = 0; i < 100; i++) many.set(one, i * one.length);
    const { status } = await rawHttp(url, [many], 5);
    assert.equal(status, 200);
    assert.equal((await (await fetch(`${url}/healthz`)).json()).status, "ok");
  });
});

Deno.test("listen() fails where the port is taken", async () => {
  const app = createApp({ runner: inline(), limits });
  await withListener(app, async ({ url }) => {
    const port = Number(new URL(url).port);
    const second = listen(app, { host: "127.0.0.1", port, timeoutSeconds: 2 });
    await assert.rejects(second, { code: "EADDRINUSE" });
  });
});

Deno.test("sendResponse() closes the connection of a client that takes nothing", async () => {
  const large = new Response(new Uint8Array(50e6));
  const sent = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    const { signal } = new AbortController();
    sendResponse(incoming, outgoing, large, 200, signal).then(sent.resolve, sent.reject);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const client = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await client.write(requestBytes("GET", "/", {}));
    await sent.promise;
    let taken = 0;
    const buffer = new Uint8Array(1e6);
    for (;;) {
      const read = await client.read(buffer).catch(() => null);
      if (read === null) break;
      taken += read;
    }
    assert.ok(taken < 50e6);
  } finally {
    client.close();
    server.close();
  }
});
