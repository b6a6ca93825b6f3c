import assert from "node:assert/strict";
import { toneBytes, wavFile } from "./clips.ts";
import { fakeApp } from "./fake_app.ts";

Deno.test("POST /v1/predict?stream sends an event for each prediction, then the end", async () => {
  const { post, recognizer } = fakeApp();
  const response = await post(wavFile(toneBytes(12000)), "audio/wav", "?stream&hop=0.5");
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/event-stream");
  const events = (await response.text()).trimEnd().split("\n\n").map((event) => {
    const [, name, data] = /^event: (\w+)\ndata: (.*)$/.exec(event)!;
    return { name, data: JSON.parse(data) };
  });
  assert.deepEqual(events.map(({ name }) => name), [
    "prediction",
    "prediction",
    "prediction",
    "end",
  ]);
  assert.deepEqual(events.slice(0, 3).map(({ data }) => data.start), [0, 0.5, 1]);
  assert.deepEqual(events[3].data, { predictions: 3 });
  assert.equal(recognizer.disposedStreams, 1);
});

Deno.test("POST /v1/predict?stream fails with a status before the first event, with an event after", async () => {
  const { post, errors } = fakeApp();
  const nan = new Float32Array(800).fill(NaN);
  const bytes = (samples: Float32Array) => new Uint8Array(samples.buffer as ArrayBuffer);
  const pcm = "audio/pcm; rate=8000; encoding=f32le";
  assert.equal((await post(bytes(nan), pcm, "?stream")).status, 422);
  const late = new Float32Array(8000);
  late.fill(-7.5, 4000);
  const response = await post(bytes(late), pcm, "?stream");
  assert.equal(response.status, 200);
  assert.match(await response.text(), /event: problem\ndata: \{.*"status":422/);
  assert.deepEqual(errors, []);
});

Deno.test("a stream ends when the client goes, and its place is free again", async () => {
  const { app, post, recognizer } = fakeApp();
  const response = await post(wavFile(toneBytes(32000)), "audio/wav", "?stream");
  const reader = response.body!.getReader();
  await reader.read();
  await reader.cancel();
  await app.idle();
  // The generator is closed a little after the client's leaving.
  for (let i = 0; i < 50 && recognizer.disposedStreams === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.equal(recognizer.disposedStreams, 1);
  assert.equal((await post(wavFile(toneBytes(800)), "audio/wav")).status, 200);
});
