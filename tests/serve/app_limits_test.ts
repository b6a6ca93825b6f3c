import assert from "node:assert/strict";
import { InlineRunner } from "../../src/serve/inline_runner.ts";
import { serveLimits } from "../../src/serve/limits.ts";
import type { Runner } from "../../src/serve/runner.ts";
import { toneBytes, wavFile } from "./clips.ts";
import { CARD, fakeRecognizer } from "./fake_recognizer.ts";
import { fakeApp } from "./fake_app.ts";

const stuck: Runner = {
  card: CARD,
  predict: () => new Promise(() => {}),
  enrol: () => new Promise(() => {}),
  // deno-lint-ignore require-yield
  async *stream() {
    await new Promise(() => {});
  },
};

Deno.test("the place of a client that left is free long before its time is over", async () => {
  const { app, post, get } = fakeApp({
    limits: { timeoutSeconds: 600, concurrency: 1, queue: 2 },
    runner: stuck,
    decodeClip: () => new Promise(() => {}),
  });
  const ask = (init: RequestInit, type: string, query = "") => {
    const client = new AbortController();
    const headers = { "content-type": type };
    const { signal } = client;
    const request = { method: "POST", headers, signal, ...init };
    const response = app.fetch(new Request(`http://localhost/v1/predict${query}`, request));
    return { leave: () => client.abort(new Error("gone")), response };
  };
  const wav = () => ({ body: wavFile(toneBytes(8)) });
  const endless = () => ({ body: new ReadableStream({ pull: () => new Promise(() => {}) }) });
  const isFree = async () => {
    const metrics = await (await get("/metrics")).text();
    return /clips_running 0\n/.test(metrics) && /clips_waiting 0\n/.test(metrics) &&
      /held_bytes 0\n/.test(metrics);
  };
  for (
    const [when, { leave, response }] of Object.entries({
      "while it sends": ask(endless(), "audio/wav"),
      "while its clip is decoded": ask({ body: "\0\0\0\x18ftyp" }, "video/mp4"),
      "while it waits": ask(wav(), "audio/wav"),
      "while it waits for a stream": ask(wav(), "audio/wav", "?stream"),
    })
  ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    leave();
    const { status } = await response;
    assert.equal(status, 400, when);
  }
  assert.ok(await isFree());
  for (const query of ["", "?stream"]) {
    const { leave, response } = ask(wav(), "audio/wav", query);
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.ok(!await isFree());
    leave();
    assert.equal((await response).status, 400, `while it is predicted ${query}`);
    assert.ok(await isFree());
  }
  // One that has left before it was looked at takes no place at all.
  const { leave, response } = ask(wav(), "audio/wav");
  leave();
  assert.equal((await response).status, 400);
  assert.ok(await isFree());
  assert.equal((await post(null)).status, 411);
  await app.idle();
});

Deno.test("a stream that its client left ends, also where the runtime does not say so to the body", async () => {
  const { app, recognizer, get } = fakeApp({ limits: { timeoutSeconds: 600 } });
  const client = new AbortController();
  const response = await app.fetch(
    new Request("http://localhost/v1/predict?stream", {
      ...{ method: "POST", body: wavFile(toneBytes(32000)), signal: client.signal },
    }),
  );
  assert.equal(response.status, 200);
  client.abort();
  await app.idle();
  assert.match(await (await get("/metrics")).text(), /clips_running 0\n/);
  // The generator is closed a little after that.
  for (let i = 0; i < 50 && recognizer.disposedStreams === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(recognizer.disposedStreams, 1);
});

Deno.test("a prediction that does not come is answered with 504", async () => {
  const { app, post, errors } = fakeApp({ runner: stuck, limits: { timeoutSeconds: 0.1 } });
  for (const query of ["", "?stream"]) {
    const response = await post(wavFile(toneBytes(8)), "audio/wav", query);
    assert.equal(response.status, 504);
    assert.match((await response.json()).detail, /took longer than 0\.1 s/);
  }
  await app.idle();
  assert.deepEqual(errors, []);
});

Deno.test("a clip that waits for too long is told when to come again, with 503", async () => {
  const limits = { timeoutSeconds: 0.4, concurrency: 1, queue: 2 };
  const { app, post } = fakeApp({ runner: stuck, limits });
  const ask = () => post(wavFile(toneBytes(8)), "audio/wav");
  const first = ask();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const answers = await Promise.all([first, ask(), ask()]);
  // The second takes the place of the first when its time is over, and then has its own time.
  assert.deepEqual(answers.map(({ status }) => status), [504, 504, 503]);
  assert.ok(Number(answers[2].headers.get("retry-after")) >= 1);
  await app.idle();
});

Deno.test("clips beyond the queue are refused with 429 and Retry-After, those in it are answered", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  const recognizer = fakeRecognizer();
  const runner: Runner = {
    card: CARD,
    predict: (source) =>
      held.then(() => new InlineRunner(recognizer, serveLimits()).predict(source)),
    enrol: stuck.enrol,
    stream: stuck.stream,
  };
  const { post } = fakeApp({ runner, limits: { concurrency: 2, queue: 3 } });
  const answers = Array.from({ length: 9 }, () => post(wavFile(toneBytes(8)), "audio/wav"));
  const refused = await Promise.any(answers);
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("retry-after")) >= 1);
  release();
  const statuses = (await Promise.all(answers)).map(({ status }) => status).sort();
  assert.deepEqual(statuses, [...Array(5).fill(200), ...Array(4).fill(429)]);
});

Deno.test("a draining server finishes what is under way and refuses the rest with 503", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => release = resolve);
  const runner: Runner = {
    card: CARD,
    predict: () => held.then(() => fakeRecognizer().predict({ samples: new Float32Array(8) })),
    enrol: stuck.enrol,
    stream: stuck.stream,
  };
  const { app, get, post } = fakeApp({ runner });
  const first = post(wavFile(toneBytes(8)), "audio/wav");
  await new Promise((resolve) => setTimeout(resolve, 20));
  app.drain();
  for (const response of [await post(wavFile(toneBytes(8)), "audio/wav"), await get("/healthz")]) {
    assert.equal(response.status, 503);
    assert.ok(Number(response.headers.get("retry-after")) >= 1);
  }
  let idle = false;
  const waiting = app.idle().then(() => idle = true);
  await Promise.resolve();
  assert.equal(idle, false);
  release();
  assert.equal((await first).status, 200);
  await waiting;
});

Deno.test("uploads beyond the bytes that may be held at once are refused with 503", async () => {
  const { post, get } = fakeApp({ limits: { maxBytes: 4000, maxHeldBytes: 3000 } });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      controller.enqueue(new Uint8Array(2000));
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  });
  const response = await post(body, "audio/wav");
  assert.equal(response.status, 503);
  assert.ok(Number(response.headers.get("retry-after")) >= 1);
  assert.match(await (await get("/metrics")).text(), /^emofuse_held_bytes 0$/m);
});
